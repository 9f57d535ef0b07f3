"""What a coach puts right: seen by the person with the coach's name, kept in the audit trail."""

import pytest
from sqlalchemy import select

from counter.passport.model import EntryKind, Source
from counter.people.model import Detail
from counter.services import Counter
from counter.staff.model import StaffEvent, StaffMember
from counter.staff.storage import StaffEventRow
from skills_taxonomy import Level
from tests.contract.coach_desk.conftest import Asker, Client, NewCoach
from tests.contract.counter.test_vouchers import an_application
from tests.support.staff import an_administrator, send

WELDING = "vaardigheid/lassen"


@pytest.fixture
async def sanne(new_coach: NewCoach, counter: Counter, asker: Asker) -> tuple[Client, StaffMember]:
    """Give Sanne, who has Fatima."""
    client, me = await new_coach("sanne")
    await counter.desk.claim(asker.number, me)
    return client, me


async def change(client: Client, asker: Asker, what: str, **fields: str) -> tuple[int, str]:
    response = await send(client, f"/coach/{asker.number}/{what}", **fields)
    return response.status, await response.text()


async def corrections(counter: Counter) -> list[str]:
    async with counter.database.reading() as session:
        rows = await session.scalars(
            select(StaffEventRow.detail).where(StaffEventRow.event == StaffEvent.CORRECTED.value)
        )
        return list(rows)


async def test_a_detail_is_put_right_everywhere_and_kept_without_its_value(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    voucher = await counter.vouchers.apply(an_application(asker.conversation.id))
    assert (await change(sanne[0], asker, "gegevens", soort="telefoon", waarde="06 87654321"))[0] == 303
    card = await counter.cards.card(asker.number, an_administrator())
    phones = {known.value for known in card.details if known.detail is Detail.PHONE}
    assert "+31687654321" in phones
    assert card.corrected == {Detail.PHONE}
    [detail] = await corrections(counter)
    assert detail.startswith("telefoon ")
    assert asker.number in detail
    assert "87654321" not in detail
    assert voucher.number


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"soort": "telefoon", "waarde": "12"}, "klopt niet"),
        ({"soort": "telefoon", "waarde": "+31612345678"}, "staat nergens"),
        ({"soort": "postcode", "waarde": "1506 AB"}, "staat nergens"),
        ({"soort": "leeftijd", "waarde": "34"}, "Kies"),
        ({"soort": "naam", "waarde": "111222333"}, "klopt niet"),
    ],
)
async def test_what_cannot_be_put_right_changes_nothing_and_says_why(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker, fields: dict[str, str], word: str
) -> None:
    status, page = await change(sanne[0], asker, "gegevens", **fields)
    assert status == 422
    assert word in page
    assert await corrections(counter) == []


async def test_a_coach_finds_a_skill_and_the_person_sees_who_added_it(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    address = f"/coach/{asker.number}/vaardigheden"
    page = await (await sanne[0].get(address, params={"zoek": "lasser"})).text()
    assert f'value="{WELDING}"' in page
    for _ in range(2):
        status, _ = await change(sanne[0], asker, "vaardigheden", vaardigheid=WELDING, doe="erbij")
        assert status == 303
    fields = {"vaardigheid": WELDING, "doe": "niveau", "niveau": "ervaren"}
    assert (await change(sanne[0], asker, "vaardigheden", **fields))[0] == 303
    [entry] = (await counter.passports.of(asker.conversation.id)).skills
    told = entry.told
    assert (told.source, told.added_by) == (Source.COACH, "Sanne")
    assert (told.level, told.rated_by) == (Level.ERVAREN, "Sanne")
    assert "van coach Sanne" in await (await sanne[0].get(address)).text()


async def test_a_skill_is_taken_out_and_put_back_and_can_be_a_wish(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    for doe in ("leerwens", "weg", "terug"):
        assert (await change(sanne[0], asker, "vaardigheden", vaardigheid=WELDING, doe=doe))[0] == 303
    [wish] = (await counter.passports.of(asker.conversation.id)).wishes
    assert (wish.skill_id, wish.told.kind) == (WELDING, EntryKind.WISH)


async def test_a_made_up_skill_and_a_made_up_deed_are_refused(
    sanne: tuple[Client, StaffMember], counter: Counter, asker: Asker
) -> None:
    assert (await change(sanne[0], asker, "vaardigheden", vaardigheid="vaardigheid/toveren", doe="erbij"))[
        0
    ] == 422
    assert (await change(sanne[0], asker, "vaardigheden", vaardigheid=WELDING, doe="weg"))[0] == 422
    assert (await change(sanne[0], asker, "vaardigheden", vaardigheid=WELDING, doe="dansen"))[0] == 422
    assert (await counter.passports.of(asker.conversation.id)).is_empty


async def test_who_does_not_have_somebody_changes_nothing(
    new_coach: NewCoach, counter: Counter, asker: Asker
) -> None:
    karim, _ = await new_coach("karim")
    for what, fields in (
        ("gegevens", {"soort": "telefoon", "waarde": "06 87654321"}),
        ("vaardigheden", {"vaardigheid": WELDING, "doe": "erbij"}),
    ):
        status, page = await change(karim, asker, what, **fields)
        assert status == 422
        assert "niet (meer)" in page
    status, _ = await change(karim, asker, "samenvatting", tekst="van een ander")
    assert status == 303
    card = await counter.cards.card(asker.number, an_administrator())
    assert (card.summary, card.passport.is_empty, await corrections(counter)) == (None, True, [])

"""What somebody reads of everything that is kept of them: all of it, in words, in a fixed order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.website.personal.own_data_reading import OwnData, Thing, read
from connectors.website.personal.own_data_words import Words

WORDS = Words.load()
NOTHING: dict[str, Any] = {"exported_at": "2026-11-23T09:00:00+00:00", "conversations": [], "looks": []}


def a_look(moment: str, what: str = "looked", *about: str) -> dict[str, Any]:
    return {
        "at": moment,
        "first_name": "Sanne",
        "organisation": "UWV Haarlem",
        "roles": ["coach"],
        "what": what,
        "about": list(about),
    }


def values_in(things: tuple[Thing, ...]) -> list[str]:
    return [
        value
        for thing in things
        for value in (
            thing.heading,
            *(fact.value for fact in thing.facts),
            *(value for part in thing.parts for value in values_in(part.things)),
        )
    ]


def shown(own: OwnData) -> list[str]:
    return [value for group in own.groups for value in values_in(group.things)]


def test_who_has_nothing_reads_of_every_subject_that_there_is_none() -> None:
    own = read(NOTHING, WORDS)
    assert own.groups == ()
    assert own.nothing_of == tuple(naming.title for naming in WORDS.groups)


def test_a_subject_that_no_editor_named_is_shown_all_the_same() -> None:
    own = read({**NOTHING, "iets_nieuws": [{"new_field": "kwartel"}]}, WORDS)
    assert [(group.title, group.things[0].facts[0].label) for group in own.groups] == [
        ("Andere dingen", "New field")
    ]
    assert shown(own) == ["", "kwartel"]


def test_moments_days_amounts_and_names_of_programs_are_put_in_words() -> None:
    own = read(
        {
            **NOTHING,
            "vouchers": [
                {
                    "number": "V-1",
                    "state": "awarded",
                    "amount_eur": 1500,
                    "answer_before": "2026-12-01",
                    "submitted_at": "2026-11-23T09:00:00+00:00",
                    "events": [{"state": "withdrawn", "at": "2026-11-24T09:00:00+00:00"}],
                }
            ],
        },
        WORDS,
    )
    assert shown(own) == [
        "V-1",
        "toegekend",
        "€ 1.500",
        "1-12-2026",
        "23-11-2026 om 10.00 uur",
        "",
        "ingetrokken",
        "24-11-2026 om 10.00 uur",
    ]


def test_what_staff_did_over_and_over_on_a_day_is_said_once_and_the_last_day_comes_first() -> None:
    looks = [
        a_look("2026-11-23T09:00:00+00:00", "looked", "C-1"),
        a_look("2026-11-23T10:00:00+00:00", "looked", "C-1"),
        a_look("2026-11-23T11:00:00+00:00", "claimed", "C-1"),
        # Past midnight where people are.
        a_look("2026-11-23T23:30:00+00:00"),
    ]
    own = read({**NOTHING, "looks": looks}, WORDS)
    assert [(day.day, day.lines) for day in own.looks] == [
        ("24-11-2026", ("Sanne van UWV Haarlem (coach) bekeek je gegevens",)),
        (
            "23-11-2026",
            (
                "Sanne van UWV Haarlem (coach) bekeek je gegevens: C-1 (2 keer)",
                "Sanne van UWV Haarlem (coach) ging je helpen: C-1",
            ),
        ),
    ]


def test_who_said_what_stands_with_its_cards_and_nothing_with_what_had_no_words() -> None:
    message = {"seq": 1, "from": "bot", "text": "Hallo", "buttons": [], "at": "2026-11-23T09:00:00+00:00"}
    talk = {
        "id": "1",
        "channel": "website",
        "address": None,
        "opened_at": "2026-11-23T09:00:00+00:00",
        "messages": [
            {**message, "cards": [{"title": "Kaart", "facts": [{"label": "Plaats", "value": "Zaandam"}]}]},
            {**message, "text": "", "cards": []},
            {**message, "from": "coach", "author": "Sanne", "text": "Dag", "cards": []},
        ],
    }
    [read_back] = read({**NOTHING, "conversations": [talk]}, WORDS).talks
    assert read_back.title == "Gesprek op de website, sinds 23-11-2026"
    assert [(said.who, said.text) for said in read_back.messages] == [
        ("Noor", "Hallo\nKaart\nPlaats: Zaandam"),
        ("Sanne", "Dag"),
    ]


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=3))
kept = st.recursive(
    st.dictionaries(st.sampled_from(["number", "goal", "events", "lead", "nieuw"]), scalars, max_size=4),
    lambda within: st.dictionaries(
        st.sampled_from(["events", "lead"]), st.one_of(within, st.lists(within, max_size=3)), max_size=2
    ),
    max_leaves=8,
)


def texts_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for within in value.values() for text in texts_in(within)]
    if isinstance(value, list):
        return [text for within in value for text in texts_in(within)]
    return [value] if isinstance(value, str) else []


@given(st.lists(kept, max_size=3), st.sampled_from(["vouchers", "iets_nieuws"]))
def test_whatever_a_subject_keeps_every_word_of_it_is_shown(
    things: list[dict[str, Any]], subject: str
) -> None:
    all_shown = "\n".join(shown(read({**NOTHING, subject: things}, WORDS)))
    for text in texts_in(things):
        assert text in all_shown


@pytest.mark.parametrize("field", sorted(WORDS.technical))
def test_only_numbers_for_computers_are_left_to_the_other_file(field: str) -> None:
    own = read({**NOTHING, "vouchers": [{"number": "V-1", field: "kwartel"}]}, WORDS)
    assert "kwartel" not in shown(own)

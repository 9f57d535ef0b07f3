"""What an administrator sees and decides from the command line, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.commands import prepare, print_queue
from app.desk import check_job
from app.settings import Settings
from counter.clock import utc_now
from counter.database import Database
from counter.employers.model import Employer
from counter.job_drafts.model import JobDraftState, SubmitJob
from counter.opening.reading import OpeningHoursError
from counter.places.gazetteer import load_gazetteer
from counter.referrals.model import Lead, OpenReferral, Reason
from counter.services import Counter, open_counter
from skills_taxonomy import Taxonomy
from tests.support.words import plain_words

BAKERY = Employer(kvk_number="12345678", name="Bakkerij Jansen")


@pytest.fixture
def settings(database_url: str, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Taxonomy, "load", lambda: taxonomy)
    return Settings(database_url=database_url, internal_token="geheim")


@pytest.fixture
def counter(database: Database, taxonomy: Taxonomy) -> Counter:
    return open_counter(database, taxonomy, load_gazetteer(), utc_now, wording=plain_words)


@pytest.fixture
async def number(counter: Counter) -> str:
    """Give the number of a job that waits for a check."""
    conversation = await counter.conversations.open("website")
    receipt = await counter.job_drafts.submit(
        SubmitJob(
            conversation_id=conversation.id,
            message_id="m1",
            employer=BAKERY,
            title="Broodbakker",
            place="Zaandam",
            hours_min=24,
            hours_max=32,
            practical_needs=("je kunt 10 kilo tillen",),
            open_places=2,
            name="Kees",
            phone="+31612345678",
        )
    )
    return receipt.number


async def test_the_queue_shows_leads_and_jobs_with_all_that_is_needed_to_judge_them(
    counter: Counter, settings: Settings, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    conversation = await counter.conversations.open("website")
    await counter.referrals.open(
        OpenReferral(
            conversation_id=conversation.id,
            message_id="m1",
            reason=Reason.SME,
            topic="Personeel zoeken",
            region="Zaanstreek/Waterland",
            name="Piet",
            lead=Lead(need="drie lassers", people=3, place="Zaandam", employer=BAKERY),
        )
    )
    assert await print_queue(settings) == 0
    shown = capsys.readouterr().out
    assert "Personeel zoeken: drie lassers, 3 mensen, Zaandam, Zaanstreek/Waterland" in shown
    for word in (number, "Broodbakker", "Bakkerij Jansen", "KVK 12345678", "24-32 uur", "10 kilo", "Kees"):
        assert word in shown


async def test_an_approved_job_is_public_and_cannot_be_decided_again(
    counter: Counter, settings: Settings, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await check_job(settings, number.lower(), adviser="Mila", rejected_for=None) == 0
    assert "staat nu online" in capsys.readouterr().out
    receipt = await counter.job_drafts.by_number(number)
    assert receipt is not None
    assert receipt.state is JobDraftState.APPROVED
    assert await check_job(settings, number, adviser="Mila", rejected_for="toch niet") == 1
    assert "al afgehandeld" in capsys.readouterr().err


async def test_a_job_is_rejected_for_a_reason(counter: Counter, settings: Settings, number: str) -> None:
    assert await check_job(settings, number, adviser="Mila", rejected_for="geen vast werk") == 0
    receipt = await counter.job_drafts.by_number(number)
    assert receipt is not None
    assert receipt.state is JobDraftState.REJECTED


async def test_a_number_that_was_never_given_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await check_job(settings, "B-0000-0000", adviser="Mila", rejected_for=None) == 1
    assert "B-0000-0000" in capsys.readouterr().err


async def test_a_counter_with_wrong_opening_hours_does_not_start(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(OpeningHoursError, match="niet te lezen"):
        await prepare(replace(settings, opening_hours=tmp_path / "weg.toml"))

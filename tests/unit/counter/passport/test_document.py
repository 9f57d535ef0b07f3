"""The PDF of a passport: what it says, and how it says so to who listens."""

from dataclasses import replace
from datetime import date

import pytest

from counter.passport.document import TaggedPdf, as_pdf
from counter.passport.model import Passport, Source
from skills_taxonomy import Level, Taxonomy
from tests.unit.counter.passport.conftest import entry

TODAY = date(2026, 11, 24)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Give what is written, with its tags."""
    lines: list[tuple[str, str]] = []
    write = TaggedPdf.write_tagged

    def keep(self: TaggedPdf, tag: str, text: str, *, bullet: bool = False) -> None:
        lines.append((tag, text))
        write(self, tag, text, bullet=bullet)

    monkeypatch.setattr(TaggedPdf, "write_tagged", keep)
    return lines


def test_it_says_what_one_can_where_that_comes_from_and_what_one_would_like_to_learn(
    taxonomy: Taxonomy, passport: Passport, written: list[tuple[str, str]]
) -> None:
    as_pdf(passport, taxonomy, made_on=TODAY)
    assert written[0] == ("H1", "Skillspaspoort")
    assert written[3:-3] == [
        ("H2", "Dit kan ik"),
        ("H3", "Geleerd als kok"),
        ("P", "koken (zelf verteld)"),
        ("H3", "Geleerd in werk en leven"),
        ("P", "zorgen voor een familielid (zelf verteld). In mijn woorden: “zorg voor mijn moeder”"),
        ("P", "plannen (zelf verteld)"),
        ("H2", "Dit wil ik leren"),
        ("P", "lassen"),
    ]
    assert ("P", "Gemaakt op 24-11-2026 met Noor.") in written


def test_it_says_from_whom_a_skill_is_known_how_well_and_how_long(
    taxonomy: Taxonomy, passport: Passport, written: list[tuple[str, str]]
) -> None:
    [*_, plans] = passport.skills
    rated = replace(
        plans, told=replace(plans.told, level=Level.ERVAREN, rated_by="Sanne", years=2.5, words="inroosteren")
    )
    added = entry("solderen", "solderen")
    added = replace(added, told=replace(added.told, source=Source.COACH, added_by="Karim"))
    as_pdf(Passport(skills=(rated, added)), taxonomy, made_on=TODAY)
    assert written[5:7] == [
        ("P", "plannen (zelf verteld, ervaren, zegt coach Sanne, 2,5 jaar). In mijn woorden: “inroosteren”"),
        ("P", "solderen (van coach Karim)"),
    ]


def test_it_says_that_nobody_checked_it(
    taxonomy: Taxonomy, passport: Passport, written: list[tuple[str, str]]
) -> None:
    as_pdf(passport, taxonomy, made_on=TODAY)
    assert "Wat ik zelf vertelde, heeft niemand gecontroleerd." in written[1][1]


def test_a_screen_reader_hears_headings_and_paragraphs_in_dutch(
    taxonomy: Taxonomy, passport: Passport, written: list[tuple[str, str]]
) -> None:
    file = as_pdf(passport, taxonomy, made_on=TODAY)
    assert b"/Lang (nl-NL)" in file
    assert b"/Marked true" in file
    assert b"/DisplayDocTitle true" in file
    for tag in ("H1", "H2", "H3", "P"):
        assert file.count(f"/S /{tag}\n".encode()) == [written_tag for written_tag, _ in written].count(tag)


def test_a_long_passport_goes_on_on_the_next_page_between_two_lines(taxonomy: Taxonomy) -> None:
    everything = Passport(
        skills=tuple(
            entry(skill_id.removeprefix("vaardigheid/"), f"woord {number}")
            for number, skill_id in enumerate(taxonomy.skills)
        )
    )
    file = as_pdf(everything, taxonomy, made_on=TODAY)
    assert file.count(b"/Type /Page\n") > 10


def test_wishes_alone_are_a_passport_too(
    taxonomy: Taxonomy, passport: Passport, written: list[tuple[str, str]]
) -> None:
    as_pdf(replace(passport, skills=()), taxonomy, made_on=TODAY)
    assert ("H2", "Dit kan ik") not in written
    assert ("H2", "Dit wil ik leren") in written


def test_a_skill_the_taxonomy_has_lost_is_written_as_it_was_called_or_else_in_the_persons_words(
    taxonomy: Taxonomy, written: list[tuple[str, str]]
) -> None:
    named, nameless = entry("weg", "chef", "beroep/weg"), entry("ook-weg", "roeren")
    named = replace(named, told=replace(named.told, name="kruiden kiezen"))
    as_pdf(Passport(skills=(named, nameless)), taxonomy, made_on=TODAY)
    assert written[4:8] == [
        ("H3", "Geleerd als chef"),
        ("P", "kruiden kiezen (zelf verteld)"),
        ("H3", "Geleerd in werk en leven"),
        ("P", "roeren (zelf verteld)"),
    ]

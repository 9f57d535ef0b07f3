from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from benchmarks.nlu.figures import Figures
from benchmarks.nlu.report import Confusion, Report, make_report, render
from benchmarks.nlu.sentences import Sentence
from tests.support.readings import BLIND, READINGS, reading


@pytest.fixture(scope="module")
def report() -> Report:
    figures = Figures.of(BLIND, READINGS)
    return make_report(BLIND, READINGS, figures, figures, date(2025, 11, 24))


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return render(report)


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def attributes(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def test_confusions_are_counted_by_question_and_by_intent(report: Report) -> None:
    assert report.confusions == [
        Confusion(asked="cursus_zoeken", chosen=None, times=1),
        Confusion(asked="faq/leeftijd", chosen="faq/vervoer", times=1),
    ]


def test_what_goes_worst_stands_first(report: Report) -> None:
    assert [label for label, _ in report.by_intent] == ["faq/leeftijd", "cursus_zoeken", "groeten"]


def test_the_most_frequent_confusion_comes_first_everywhere() -> None:
    inside = [Sentence(text=f"zin {number}", intent=intent) for number, intent in enumerate("abbbb")]
    chosen = ["x", "y", "z", "z", "nlu_fallback"]
    blind = replace(BLIND, inside=inside, misspelled=inside)
    readings = replace(READINGS, inside=[*map(reading, chosen)], misspelled=[*map(reading, chosen)])
    figures = Figures.of(blind, readings)
    report = make_report(blind, readings, figures, figures, date(2025, 11, 24))
    assert report.confusions[0] == Confusion(asked="b", chosen="z", times=2)
    assert list(report.mistakes) == ["b", "a"]
    assert [mistake.chosen for mistake in report.mistakes["b"]] == ["z", "z", None, "y"]


def test_a_doubtful_sentence_shows_what_noor_thought_of(report: Report) -> None:
    (mistake,) = report.mistakes["cursus_zoeken"]
    assert (mistake.chosen, mistake.likeliest, mistake.confidence) == (None, "groeten", 0.3)


def test_only_answers_to_what_is_out_of_scope_are_guesses(report: Report) -> None:
    assert [mistake.text for mistake in report.guessed] == ["wat eet een kat"]


def test_a_missed_entity_is_shown_in_its_words(report: Report) -> None:
    assert report.missed == []
    figures = Figures.of(BLIND, READINGS)
    swapped = READINGS.inside[::-1]
    blind_to_places = make_report(
        BLIND,
        replace(READINGS, inside=swapped),
        figures,
        figures,
        date(2025, 11, 24),
    )
    assert [(fact.name, fact.words) for fact in blind_to_places.missed] == [("plaats", "Zaandam")]


def test_the_page_needs_no_other_file_and_runs_nothing(page: str) -> None:
    elements = Elements(page)
    assert {tag for tag, _ in elements.tags}.isdisjoint({"script", "link", "img", "iframe"})
    assert elements.attributes("src") == []
    assert all(address and address.startswith("#") for address in elements.attributes("href"))


def test_every_link_leads_somewhere_and_every_place_has_one_name(page: str) -> None:
    elements = Elements(page)
    ids = elements.attributes("id")
    assert len(ids) == len(set(ids))
    assert {f"#{name}" for name in ids} >= set(elements.attributes("href"))


def test_tables_say_what_they_are_and_what_their_headings_head(page: str) -> None:
    tags = [tag for tag, _ in Elements(page).tags]
    assert tags.count("table") == tags.count("caption") > 0
    assert all("scope" in attributes for tag, attributes in Elements(page).tags if tag == "th")


def test_what_people_write_is_text_and_no_markup(page: str) -> None:
    assert "cursus &lt;b&gt;koken&lt;/b&gt;" in page


def test_the_page_says_not_to_train_on_it(page: str) -> None:
    assert "Gebruik geen zinnen uit dit verslag als oefenzin." in page

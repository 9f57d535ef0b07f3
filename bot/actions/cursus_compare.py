"""Two or three courses side by side."""

import re
from collections.abc import Callable, Iterable, Sequence

from rasa_sdk.interfaces import Tracker

from bot.actions.cursus_results import level_name, price
from bot.actions.results import chosen
from bot.actions.turn import Dispatcher, Turn, written
from counter.courses.model import Course

LEAST, MOST = 2, 3
_COMPARES = re.compile(r"\b(?:vergelij\w*|verschil\w*|naast elkaar)\b", re.IGNORECASE)
_NOTHING = "-"


def compared(tracker: Tracker) -> Sequence[str] | None:
    """Return the ids of the courses that a person wants to compare; None when they do not compare.

    Without naming any they mean those shown last; there may be fewer than two of them.
    """
    turn, shown = Turn.of(tracker), tracker.get_slot("cursus_resultaten") or []
    found = tracker.latest_message.get("entities") or ()
    choices = dict.fromkeys(one["value"] for one in found if one["entity"] == "keuze")
    named = [course_id for choice in choices if (course_id := chosen(shown, choice))]
    if len(named) >= LEAST:
        return named[:MOST]
    return shown[:MOST] if not turn.is_pressed and _COMPARES.search(turn.text) else None


def show_side_by_side(dispatcher: Dispatcher, courses: Sequence[Course]) -> None:
    """Show each fact of these courses on a line; a fact that none of them has is left out."""

    def facts(of: Callable[[Course], str]) -> str:
        return _joined(map(of, courses))

    dispatcher.utter_message(
        response="utter_cursus_naast_elkaar_kaart",
        titels=facts(lambda course: course.title),
        aanbieders=facts(lambda course: course.provider),
        vaardigheden=facts(lambda course: ", ".join(course.skills)),
        waar=facts(lambda course: course.place or course.form.value),
        lesvorm=facts(lambda course: course.form.value),
        lesniveau=facts(lambda course: level_name(course.level)),
        start=facts(lambda course: written(course.start) if course.start else ""),
        uren_totaal=facts(lambda course: str(course.hours_total or "")),
        prijs=facts(price),
    )
    dispatcher.utter_message(response="utter_cursus_naast_elkaar_verder")


def _joined(values: Iterable[str]) -> str:
    told = list(values)
    return " | ".join(value or _NOTHING for value in told) if any(told) else ""

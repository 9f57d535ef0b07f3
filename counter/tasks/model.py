"""What Noor still has to do for a coach: questions, or something Noor does with people; no framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_QUESTIONS = 6
"""More is no errand but an interview, and the coach does that better."""
MAX_QUESTION_LENGTH = 200
"""Characters in a question: one or two sentences."""


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    BROKEN_OFF = "broken_off"


class Cause(StrEnum):
    """Why a task was broken off."""

    STOPPED = "stopped"
    WANTED_A_PERSON = "wanted_a_person"
    RECALLED = "recalled"
    REPLACED = "replaced"
    ERASED = "erased"


class TaskFlow(StrEnum):
    """Something Noor does with people, by the intent that begins it."""

    INTEREST_TEST = "interessetest_doen"
    SKILLS = "skills_vertellen"
    COURSE = "cursus_zoeken"
    VOUCHER = "voucher_aanvragen"
    OPEN_HIRING = "open_hiring_zoeken"
    WORK_BASED_COURSE = "leerwerkplek_zoeken"


class Item(StrEnum):
    """Something coaches often ask, which the domain words as a good question."""

    NAME = "naam"
    POSTCODE = "postcode"
    PLACE = "plaats"
    PHONE = "telefoon"
    EMAIL = "email"
    AGE = "leeftijd"
    AVAILABILITY = "beschikbaarheid"
    HOURS = "uren"
    DRIVING_LICENCE = "rijbewijs"
    EDUCATION = "opleiding"
    EXPERIENCE = "ervaring"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something to ask: a known item, or the coach's own words."""

    item: Item | None = None
    text: str = ""

    @property
    def label(self) -> str:
        """Return what the question is about, to stand before its answer."""
        return self.item.value.capitalize() if self.item else self.text


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What a coach gives: questions, or one thing that Noor does with people.

    With `returns` the coach gets the conversation back afterwards.

    Raises:
        NothingToDoError: neither is given, or both.
        TooManyQuestionsError: past `MAX_QUESTIONS`.
        QuestionTooLongError: one is past `MAX_QUESTION_LENGTH`.
    """

    questions: tuple[Question, ...] = ()
    flow: TaskFlow | None = None
    returns: bool = True

    def __post_init__(self) -> None:
        """Check that Noor can do it."""
        if bool(self.questions) == bool(self.flow):
            raise NothingToDoError
        if len(self.questions) > MAX_QUESTIONS:
            raise TooManyQuestionsError(len(self.questions))
        for question in self.questions:
            if len(question.text) > MAX_QUESTION_LENGTH:
                raise QuestionTooLongError(len(question.text))


@dataclass(frozen=True, kw_only=True)
class Giver:
    """The coach who hands a conversation back, and the referral it is about."""

    referral_id: int
    number: str
    coach_id: str
    coach_name: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """An assignment in a conversation, and what came of it.

    Of a task that is done `answers` holds one for each question; None where the person would rather not say.
    """

    id: int
    referral_id: int
    conversation_id: str | None
    coach_id: str
    coach_name: str
    questions: tuple[Question, ...]
    answers: tuple[str | None, ...]
    flow: TaskFlow | None
    returns: bool
    state: TaskState
    cause: Cause | None
    assigned_at: datetime
    ended_at: datetime | None

    @property
    def answered(self) -> Sequence[tuple[Question, str]]:
        """Return the questions that got an answer, with it."""
        pairs = zip(self.questions, self.answers, strict=True)
        return [(question, answer) for question, answer in pairs if answer is not None]


class NothingToDoError(ValueError):
    """An assignment names either questions or a flow."""


class TooManyQuestionsError(ValueError):
    """Nobody answers this many questions of a machine."""


class QuestionTooLongError(ValueError):
    """A question of this length is not read to its end."""

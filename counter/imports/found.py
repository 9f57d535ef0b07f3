"""What a source of courses had, once everything it told was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter.courses.model import Course
from counter.imports.model import ImportFault


class LeftOut(StrEnum):
    """Why something that is right is of no use here, in the words of the report."""

    BEGUN = "al begonnen"
    FULL = "vol"
    ELSEWHERE = "buiten Noord-Holland"
    NO_PLACE = "zonder plaats"
    NOT_OFFERED = "zonder uitvoering"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a source had: its courses, what is wrong with the others, and how many are of no use here."""

    courses: tuple[Course, ...]
    faults: tuple[ImportFault, ...]
    left_out: Mapping[LeftOut, int]

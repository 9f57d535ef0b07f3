"""What is wrong with rows: a few examples of each kind, and how many there are."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum

from skills_taxonomy.loading import Fault

SHOWN = 10
"""Examples kept of each kind; a release from a wrong year could give a hundred thousand."""


class Problem(StrEnum):
    """Why a row was left out, as the administrator reads it."""

    CELLS = "Rijen met te veel of te weinig cellen"
    NO_URI = "Rijen zonder URI"
    NO_LABEL = "Begrippen zonder naam"
    KIND = "Rijen met een soort die we niet kennen, of een andere soort dan eerst"
    DUPLICATE = "Rijen met een URI die er al was, met een andere naam"
    DANGLING = "Relaties met een begrip dat er niet is"
    CYCLE = "Kringen in de hiërarchie"


class Problems:
    """Counts every fault and keeps the first ones."""

    def __init__(self) -> None:
        self.counts: Counter[Problem] = Counter()
        self.examples: defaultdict[Problem, list[Fault]] = defaultdict(list)

    def add(self, problem: Problem, fault: Fault) -> None:
        """Note one row that is left out."""
        self.counts[problem] += 1
        if self.counts[problem] <= SHOWN:
            self.examples[problem].append(fault)

    def lines(self) -> Iterator[str]:
        """Tell in Dutch what was left out, with file and row."""
        for problem in Problem:
            if count := self.counts[problem]:
                yield f"{problem}: {count}, weggelaten."
                yield from (f"  {fault}" for fault in self.examples[problem])
                if count > SHOWN:
                    yield f"  … en nog {count - SHOWN}."

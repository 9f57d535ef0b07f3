"""What is wrong with rows: a few examples of each kind, and how many there are."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum

from skills_taxonomy.loading import Fault, TaxonomyDataError

SHOWN = 10
"""Examples kept of each kind; a release from a wrong year could give a hundred thousand."""


class Problem(StrEnum):
    """What is odd about a row, as the administrator reads it."""

    CELLS = "Rijen met te veel of te weinig cellen"
    NO_URI = "Rijen zonder URI"
    NO_LABEL = "Begrippen zonder naam"
    KIND = "Rijen met een soort die we niet kennen, of een andere soort dan eerst"
    GAP = "Rijen van de hiërarchie met een niveau te weinig"
    REPEATED = "Rijen die al precies zo in hetzelfde bestand stonden"
    RENAMED = "Begrippen met een andere naam in een ander bestand"
    BOTH = "Vaardigheden die bij een beroep moeten én helpen"
    DANGLING = "Relaties met een begrip dat er niet is"
    CYCLE = "Kringen in de hiërarchie"
    SECOND_ID = "Namen van CompetentNL bij een begrip dat al een ander kenmerk heeft"
    UNPLACED = "Namen van CompetentNL bij een begrip dat er niet is"


_OUTCOMES = {
    Problem.REPEATED: "één keer gebruikt",
    Problem.RENAMED: "de naam uit het eerste bestand telt",
    Problem.BOTH: "'moet' telt",
    Problem.UNPLACED: "bewaard; ze komen erbij zodra een import van ESCO het begrip heeft",
}


class Problems:
    """Counts every fault and keeps the first ones."""

    def __init__(self) -> None:
        self.counts: Counter[Problem] = Counter()
        self.examples: defaultdict[Problem, list[Fault]] = defaultdict(list)
        self._refusals: list[Fault] = []

    def add(self, problem: Problem, fault: Fault) -> None:
        """Note one row; the rest of the file can be trusted."""
        self.counts[problem] += 1
        if self.counts[problem] <= SHOWN:
            self.examples[problem].append(fault)

    def refuse(self, fault: Fault) -> None:
        """Note one row after which nothing can be trusted."""
        self._refusals.append(fault)

    def stop_if_refused(self) -> None:
        """Do nothing when all may come in.

        Raises:
            TaxonomyDataError: with everything that `refuse` was told.
        """
        if self._refusals:
            raise TaxonomyDataError(self._refusals)

    def lines(self) -> Iterator[str]:
        """Tell in Dutch what was odd and what became of it, with file and row."""
        for problem in Problem:
            if count := self.counts[problem]:
                yield f"{problem}: {count}, {_OUTCOMES.get(problem, 'weggelaten')}."
                yield from (f"  {fault}" for fault in self.examples[problem])
                if count > SHOWN:
                    yield f"  … en nog {count - SHOWN}."

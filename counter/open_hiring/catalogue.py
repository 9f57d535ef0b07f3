"""Open-hiring jobs in memory: which answer a question, and in what order."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counter.catalogue.relaxation import give_way
from counter.open_hiring.model import Condition, Job, JobHit, JobQuery, JobSearch, Relaxation
from counter.places.gazetteer import Gazetteer
from counter.places.model import Place

# Who asks for 25 km may still want to hear of a job at 50 km: that lets go the distance, not the place.
_WIDER = 2


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    job: Job
    distance_km: float | None
    hours_off: int
    unmet: frozenset[Relaxation]

    def order(self) -> tuple[int, float, str, str]:
        """Nearest hours first, then nearest by; the id decides what is left. People are never ranked."""
        distance = math.inf if self.distance_km is None else self.distance_km
        return self.hours_off, distance, self.job.title, self.job.id


class JobCatalogue:
    """Jobs and where they are."""

    def __init__(self, jobs: Iterable[Job], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._jobs = tuple((job, gazetteer.find(job.place)) for job in jobs)

    def search(self, query: JobQuery, *, limit: int, offset: int) -> JobSearch:
        """Return the best jobs; when nothing fits, the nearest ones and what was let go."""
        here = self._gazetteer.find(query.place) if query.place else None
        candidates = [self._candidate(query, here, job, there) for job, there in self._jobs]
        fitting, relaxed = give_way(
            ((candidate, candidate.unmet) for candidate in candidates), tuple(Relaxation)
        )
        fitting.sort(key=_Candidate.order)
        return JobSearch(
            hits=tuple(
                JobHit(
                    job=candidate.job,
                    distance_km=candidate.distance_km,
                    matched=tuple(_met(candidate, query)),
                )
                for candidate in fitting[offset : offset + limit]
            ),
            relaxed=relaxed,
            total=len(fitting),
        )

    def _candidate(self, query: JobQuery, here: Place | None, job: Job, there: Place | None) -> _Candidate:
        distance = self._gazetteer.distance_km(here, there) if here and there else None
        hours_off = 0 if query.hours is None else _hours_off(query.hours, job)
        return _Candidate(
            job=job,
            distance_km=distance,
            hours_off=hours_off,
            unmet=frozenset(_unmet(query, job, distance_km=distance, hours_off=hours_off)),
        )


def _hours_off(hours: int, job: Job) -> int:
    return max(job.hours_min - hours, hours - job.hours_max, 0)


def _unmet(query: JobQuery, job: Job, *, distance_km: float | None, hours_off: int) -> Iterator[Relaxation]:
    if query.place:
        radius = math.inf if query.radius_km is None else query.radius_km
        if distance_km is None or distance_km > _WIDER * radius:
            yield Relaxation.PLAATS
        elif distance_km > radius:
            yield Relaxation.AFSTAND
    if hours_off:
        yield Relaxation.UREN
    if query.sector not in {None, job.sector}:
        yield Relaxation.SECTOR


def _met(candidate: _Candidate, query: JobQuery) -> Iterator[Condition]:
    if query.place and candidate.unmet.isdisjoint({Relaxation.PLAATS, Relaxation.AFSTAND}):
        yield Condition.PLAATS
    if query.hours is not None and Relaxation.UREN not in candidate.unmet:
        yield Condition.UREN
    if query.sector and Relaxation.SECTOR not in candidate.unmet:
        yield Condition.SECTOR

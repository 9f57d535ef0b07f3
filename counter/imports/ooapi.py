"""Courses from an OOAPI endpoint: what its documents say, in the words of the counter.

Open Onderwijs API 5.0 (https://openonderwijsapi.nl/specification/v5/docs.html): a course or a program
is taught in offerings, each with its own dates, places and price. What people can choose is an
offering. Whatever is meant for one consumer alone (`consumers`, `ext`) is not looked at.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from counter.courses.model import Course, Form, Level
from counter.imports import ooapi_fields as fields
from counter.imports.documents import Document
from counter.imports.found import Found, LeftOut
from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.plain_text import shortened
from counter.places.gazetteer import Gazetteer

MAX_COURSES = 20_000
"""How many offerings one source may have: as many as a file has rows."""
_MAX_TITLE, _MAX_DESCRIPTION = 120, 1000
# Of several addresses, where one is taught goes before where one may call and where one may write.
_ADDRESSES = ("teaching", "visit", "postal")
_DUAL, _WORK_BASED = "dual training", "leren en werken"


class Education(StrEnum):
    """What is offered, by the name of its documents."""

    COURSE = "course"
    PROGRAM = "program"


@dataclass(frozen=True, kw_only=True)
class _Taught:
    """A course or a program, before anything is known of where and when."""

    title: str
    description: str
    level: Level
    form: Form | None
    outcomes: tuple[str, ...]
    hours: int | None
    organization: str | None
    addresses: tuple[Mapping[str, Any], ...]
    delivery: frozenset[str]
    link: str | None
    is_dual: bool
    ends: date | None


_NAMES = {Education.COURSE: "cursus", Education.PROGRAM: "opleiding"}


class Ooapi:
    """Takes in the documents of a source one by one, and keeps of each no more than a course needs."""

    def __init__(self, source: str, gazetteer: Gazetteer, today: date) -> None:
        self._source = source
        self._gazetteer = gazetteer
        self._today = today
        self._organizations: dict[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {}
        self._educations: dict[str, _Taught | None] = {}
        self._offered: set[str] = set()
        self._courses: dict[str, Course] = {}
        self._faults: list[ImportFault] = []
        self._left_out: Counter[LeftOut] = Counter()

    @property
    def size(self) -> int:
        """Return how many courses there are by now."""
        return len(self._courses)

    @property
    def found(self) -> Found:
        """Return what there is, once everything was taken in."""
        idle = sum(
            taught is not None and key not in self._offered for key, taught in self._educations.items()
        )
        left_out = self._left_out + Counter({LeftOut.NOT_OFFERED: idle})
        return Found(
            courses=tuple(self._courses.values()), faults=tuple(self._faults), left_out=dict(left_out)
        )

    def organization(self, content: object) -> None:
        """Take in who teaches."""
        if document := self._document(content, "organisatie", "organizationId"):
            key, name = document.identity("organizationId"), document.in_dutch("name")
            self._faults += document.faults
            if key and name:
                self._organizations[key] = (name, tuple(document.objects("addresses")))

    def education(self, content: object, kind: Education) -> str | None:
        """Take in a course or a program; returns its id, for its offerings, unless something is wrong."""
        document = self._document(content, _NAMES[kind], f"{kind}Id")
        if document is None or (key := document.identity(f"{kind}Id")) is None:
            self._faults += document.faults if document else ()
            return None
        taught = self._taught(document)
        if key in self._educations and taught != self._educations[key]:
            document.fault(f"{kind}Id", "dit id staat er twee keer, met iets anders.")
        self._faults += document.faults
        self._educations[key] = None if document.faults else taught
        return None if document.faults else key

    def offering(self, content: object, kind: Education, education_id: str | None = None) -> None:
        """Take in an offering of a course or a program that was taken in before."""
        document = self._document(content, "uitvoering", "offeringId")
        if document is None:
            return
        parent = education_id or document.reference(kind, f"{kind}Id")
        if parent not in self._educations:
            document.fault(kind, f"deze {_NAMES[kind]} is er niet.")
        elif (taught := self._educations[parent]) is not None:
            self._offered.add(parent)
            self._keep(document, parent, taught)
        self._faults += document.faults

    def _keep(self, document: Document, parent: str, taught: _Taught) -> None:
        course = self._course(document, parent, taught)
        if document.faults:
            return
        if isinstance(course, LeftOut):
            self._left_out[course] += 1
        elif self._courses.setdefault(course.id, course) != course:
            document.fault("offeringId", "dit id staat er twee keer, met iets anders.")

    def _document(self, content: object, name: str, key: str) -> Document | None:
        if isinstance(content, Mapping):
            return Document(content, f"{name} {str(content.get(key) or 'zonder id')[:36]}")
        self._faults.append(ImportFault(item=name, message="dit is geen object: { … }."))
        return None

    def _taught(self, document: Document) -> _Taught:
        title, study = document.in_dutch("name", required=True), document.content.get("modeOfStudy")
        return _Taught(
            title=shortened(title or "", _MAX_TITLE),
            description=shortened(document.in_dutch("description") or "", _MAX_DESCRIPTION),
            level=fields.level(document),
            form=Form.DEELTIJD
            if document.content.get("modeOfStudy") in {"part-time", "dual training"}
            else None,
            outcomes=tuple(fields.short(document.outcomes("learningOutcomes"))),
            hours=fields.hours(document),
            organization=document.reference("organization", "organizationId"),
            addresses=tuple(document.objects("addresses")),
            delivery=fields.delivery(document),
            link=document.link("link"),
            is_dual=study == _DUAL,
            ends=document.day("validTo"),
        )

    def _course(self, document: Document, parent: str, taught: _Taught) -> Course | LeftOut:
        key, start = document.identity("offeringId"), document.day("startDate", required=True)
        last_day = document.day("flexibleEntryPeriodEnd") or document.day("enrollEndDate")
        price, delivery = fields.price(document), fields.delivery(document) or taught.delivery
        owner = document.reference("organization", "organizationId") or taught.organization or ""
        provider, at_owner = self._organizations.get(owner) or self._only_organization()
        is_online = bool(delivery) and delivery <= fields.AT_A_DISTANCE
        addresses = (*document.objects("addresses"), *taught.addresses, *at_owner)
        place = None if is_online else self._place(addresses)
        if document.faults or start is None:
            return LeftOut.BEGUN
        if isinstance(place, LeftOut):
            return place
        course = Course(
            id=f"{self._source}-{key}",
            title=taught.title,
            provider=shortened(provider, _MAX_TITLE),
            place=place,
            form=Form.ONLINE if is_online else taught.form or Form.KLASSIKAAL,
            level=taught.level,
            topics=(_WORK_BASED,) if taught.is_dual else (),
            skills=taught.outcomes,
            hours_total=taught.hours,
            start=None if self._is_flexible(document) else start,
            price_eur=price,
            description=taught.description,
            url=document.link("link") or taught.link,
            series=f"{self._source}-{parent}",
            last_day=last_day,
        )
        is_over = taught.ends is not None and taught.ends <= self._today
        if is_over or not course.can_be_taken(self._today):
            return LeftOut.BEGUN
        return LeftOut.FULL if fields.is_full(document) else course

    def _is_flexible(self, document: Document) -> bool:
        """Tell whether somebody can begin on any day from now on."""
        begins, ends = (document.day(f"flexibleEntryPeriod{edge}") for edge in ("Start", "End"))
        return begins is not None and ends is not None and begins <= self._today + timedelta(days=1)

    def _only_organization(self) -> tuple[str, tuple[Mapping[str, Any], ...]]:
        """Return who teaches where that is not told: the only one there is, or else the source."""
        known = tuple(self._organizations.values())
        return known[0] if len(known) == 1 else (self._source, ())

    def _place(self, addresses: tuple[Mapping[str, Any], ...]) -> str | LeftOut:
        """Return the place in the province of the best address; a town somewhere else is none of ours."""
        named = [one for one in addresses if isinstance(one.get("city"), str) and one["city"].strip()]
        for kind in _ADDRESSES:
            for address in named:
                if address.get("addressType") == kind:
                    place = self._gazetteer.find(address["city"]) if self._is_here(address) else None
                    return place.name if place else LeftOut.ELSEWHERE
        return LeftOut.NO_PLACE

    def _is_here(self, address: Mapping[str, Any]) -> bool:
        """Tell whether a town is in the province: Bergen and Hoorn are elsewhere too, by their postcode."""
        if address.get("countryCode") not in {None, "", "NL"} or not self._gazetteer.knows(address["city"]):
            return False
        postcode = str(address.get("postalCode") or "")
        return not postcode or self._gazetteer.may_lie_inside(postcode)


def read_file(ooapi: Ooapi, data: bytes) -> None:
    """Take in a file with what an endpoint tells: organizations, programs, courses and offerings.

    Each is a list, or a page with `items`. An offering names its course or program, or holds it whole.

    Raises:
        ImportFaultsError: this is no such file.
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ImportFaultsError([ImportFault(message="Het bestand is geen geldige JSON.")]) from error
    if not isinstance(content, Mapping) or not content.keys() & {"courses", "programs"}:
        message = "Een bestand van OOAPI heeft courses of programs, en offerings."
        raise ImportFaultsError([ImportFault(message=message)])
    for organization in _listed(content, "organizations"):
        ooapi.organization(organization)
    for kind in Education:
        for education in _listed(content, f"{kind}s"):
            ooapi.education(education, kind)
    for offering in _listed(content, "offerings"):
        is_of_program = isinstance(offering, Mapping) and offering.get("program") is not None
        ooapi.offering(offering, Education.PROGRAM if is_of_program else Education.COURSE)


def _listed(content: Mapping[str, Any], name: str) -> Iterator[object]:
    listed = content.get(name)
    if isinstance(listed, Mapping):
        listed = listed.get("items")
    if listed is not None and not isinstance(listed, list):
        raise ImportFaultsError([ImportFault(item=name, message="dit is geen lijst.")])
    yield from listed or ()

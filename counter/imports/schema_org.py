"""Courses from schema.org: `Course` with each `CourseInstance`, as JSON-LD in a file or on a page.

See https://schema.org/Course and https://schema.org/CourseInstance. A page holds it in
`<script type="application/ld+json">`. Nothing is fetched to understand it: of all vocabularies only
schema.org is known, and what an object points at by `@id` is looked for in the same file.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

from counter.courses.model import Course, Form
from counter.imports import schema_org_fields as fields
from counter.imports.documents import Document
from counter.imports.found import Found, LeftOut
from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.plain_text import shortened
from counter.places.gazetteer import Gazetteer

_MAX_TITLE, _MAX_DESCRIPTION, _SHOWN = 120, 1000, 40
# Deeper than any site nests; a list within itself has no end.
_DEEPEST = 12
_COURSE = "Course"


class SchemaOrg:
    """Takes in a file or a page of a source, and keeps the courses in it."""

    def __init__(self, source: str, gazetteer: Gazetteer, today: date) -> None:
        self._source = source
        self._gazetteer = gazetteer
        self._today = today
        self._by_id: dict[str, Mapping[str, Any]] = {}
        self._courses: dict[str, Course] = {}
        self._faults: list[ImportFault] = []
        self._left_out: Counter[LeftOut] = Counter()

    @property
    def found(self) -> Found:
        """Return what there is, once everything was taken in."""
        return Found(
            courses=tuple(self._courses.values()), faults=tuple(self._faults), left_out=dict(self._left_out)
        )

    def take_in(self, data: bytes) -> None:
        """Take in JSON-LD, or a page that holds it.

        Raises:
            ImportFaultsError: there is no course in it.
        """
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ImportFaultsError([ImportFault(message="Het bestand is geen UTF-8.")]) from error
        blocks = [text] if text.lstrip()[:1] in {"{", "["} else _blocks(text)
        nodes = [node for block in blocks for node in self._nodes(block)]
        for node in nodes:
            # Where an object is told whole goes before where it is only pointed at.
            if len(node) > 1 and isinstance(node.get("@id"), str):
                self._by_id.setdefault(node["@id"], node)
        courses = [node for node in nodes if _COURSE in fields.types(node) and len(node) > 1]
        if not courses and not self._faults:
            message = "Hier staat geen cursus in: geen Course van schema.org, in JSON-LD."
            raise ImportFaultsError([ImportFault(message=message)])
        for node in courses:
            self._course(node)

    def _nodes(self, block: str) -> list[Mapping[str, Any]]:
        try:
            return list(_within(json.loads(block), _DEEPEST))
        except (ValueError, RecursionError):
            self._faults.append(ImportFault(message="Een blok JSON-LD is geen geldige JSON."))
            return []

    def _course(self, node: Mapping[str, Any]) -> None:
        title = fields.text(node.get("name"))
        document = Document(node, f"cursus {shortened(title, _SHOWN) or 'zonder naam'}")
        if not title:
            document.fault("name", "dit ontbreekt.")
        provider = fields.text(self._one(node.get("provider")).get("name"))
        if not provider:
            document.fault("provider", "hier staat niet wie de cursus geeft.")
        instances = list(self._all(node.get("hasCourseInstance")))
        self._faults += document.faults
        if document.faults:
            return
        if not instances:
            self._left_out[LeftOut.NOT_OFFERED] += 1
        for instance in instances:
            self._instance(node, instance, title, provider)

    def _instance(
        self, node: Mapping[str, Any], instance: Mapping[str, Any], title: str, provider: str
    ) -> None:
        document = Document(instance, f"uitvoering van {shortened(title, _SHOWN)}")
        modes, location = fields.modes(instance), self._one(instance.get("location"))
        is_online = fields.is_online(modes) or "VirtualLocation" in fields.types(location)
        place = None if is_online else self._place(location, self._one(node.get("provider")))
        start = document.day("startDate")
        price = fields.price(document, self._one(instance.get("offers")) or self._one(node.get("offers")))
        series = self._id(str(node.get("@id") or node.get("url") or node.get("courseCode") or title))
        which = instance.get("@id") or instance.get("url") or f"{start} {place} {sorted(modes)}"
        self._faults += document.faults
        if document.faults:
            return
        if isinstance(place, LeftOut):
            self._left_out[place] += 1
            return
        course = Course(
            id=self._id(f"{series} {which}"),
            title=shortened(title, _MAX_TITLE),
            provider=shortened(provider, _MAX_TITLE),
            place=place,
            form=Form.ONLINE if is_online else fields.form(modes),
            level=fields.level(node),
            topics=fields.words(node.get("keywords"), node.get("about")),
            skills=fields.words(node.get("teaches")),
            hours_total=fields.hours(instance.get("courseWorkload") or node.get("timeRequired")),
            start=start,
            price_eur=price,
            description=shortened(fields.text(node.get("description")), _MAX_DESCRIPTION),
            url=document.link("url") or Document(node, "").link("url"),
            series=series,
        )
        if not course.can_be_taken(self._today):
            self._left_out[LeftOut.BEGUN] += 1
        elif self._courses.setdefault(course.id, course) != course:
            document.fault("@id", "dit id staat er twee keer, met iets anders.")
            self._faults += document.faults

    def _place(self, *whose: Mapping[str, Any]) -> str | LeftOut:
        """Return the place in the province of the first that has an address."""
        for one in whose:
            address = self._one(one.get("address"))
            if city := fields.text(address.get("addressLocality")):
                is_here = fields.is_in_the_netherlands(address) and self._gazetteer.knows(city)
                place = self._gazetteer.find(city) if is_here else None
                return place.name if place else LeftOut.ELSEWHERE
        return LeftOut.NO_PLACE

    def _one(self, value: object) -> Mapping[str, Any]:
        return next(iter(self._all(value)), {})

    def _all(self, value: object) -> Iterator[Mapping[str, Any]]:
        """Yield the objects in a value; one that is only pointed at is told whole where that is known."""
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield self._by_id.get(str(one.get("@id")), one) if len(one) == 1 else one
            elif isinstance(one, str) and one in self._by_id:
                yield self._by_id[one]

    def _id(self, told: str) -> str:
        """Return an id that is the same every time, and short enough for a button."""
        return f"{self._source}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


def _within(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield every object in a document, the outer ones first."""
    if depth == 0:
        return
    if isinstance(value, Mapping):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _within(one, depth - 1)


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._is_within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._is_within = tag == "script" and kind == "application/ld+json"
        if self._is_within:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_within = self._is_within and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_within:
            self.blocks[-1] += data


def _blocks(page: str) -> list[str]:
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    return reader.blocks

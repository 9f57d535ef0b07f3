"""Walking through an OOAPI 5.0 endpoint: organisations, programs, courses, and the offerings of each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import date
from typing import Any

from connectors.course_sources import limits
from connectors.course_sources.client import NotThereError, SourceClient
from counter.imports.model import ImportFault, ImportFaultsError
from counter.imports.ooapi import MAX_COURSES, Education, Ooapi

type GoOn = Callable[[], Awaitable[None]]
"""Tells that the import is still at it."""
type Report = Callable[[str], None]


class Endpoint:
    """An endpoint of which everything is read once."""

    def __init__(self, client: SourceClient, today: date, go_on: GoOn) -> None:
        self._client = client
        self._since = (today - limits.LOOK_BACK).isoformat()
        self._go_on = go_on
        self._read = 0

    async def read(self, ooapi: Ooapi, report: Report) -> None:
        """Take in everything there is.

        Raises:
            ImportFaultsError: it cannot be read, or there is too much of it.
        """
        async for organization in self._items("organizations", is_optional=True):
            ooapi.organization(organization)
        is_any = False
        for kind, name in ((Education.PROGRAM, "opleidingen"), (Education.COURSE, "cursussen")):
            ids: dict[str, None] = {}
            try:
                async for education in self._items(f"{kind}s"):
                    if key := ooapi.education(education, kind):
                        ids[key] = None
                is_any = True
            except NotThereError:
                continue
            report(f"{len(ids)} {name} gelezen. Nu de uitvoeringen daarvan.")
            await self._offerings(ooapi, kind, ids)
        if not is_any:
            raise _refusal(None, "Hier is geen OOAPI 5: er zijn geen /courses en geen /programs.")

    async def _offerings(self, ooapi: Ooapi, kind: Education, ids: Iterable[str]) -> None:
        """Take in the offerings of each of these, some at once but in order."""
        left = iter(ids)

        async def take() -> None:
            for key in left:
                path = f"{kind}s/{key}/offerings"
                async for offering in self._items(path, is_optional=True, since=self._since):
                    ooapi.offering(offering, kind, key)
                    if ooapi.size > MAX_COURSES:
                        raise _refusal(None, f"De bron heeft meer dan {MAX_COURSES} uitvoeringen: te veel.")

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(limits.AT_ONCE):
                    group.create_task(take())
        except* ImportFaultsError as several:
            raise ImportFaultsError(_faults(several)) from several

    async def _items(self, path: str, *, is_optional: bool = False, **query: str) -> AsyncIterator[object]:
        """Yield what is on all pages of a list; an `is_optional` one that is not there is empty.

        Raises:
            NotThereError: there is no such list.
            ImportFaultsError: the pages cannot be read.
        """
        number, before = 1, None
        while True:
            paging = {"pageSize": str(limits.PAGE_SIZE), "pageNumber": str(number)}
            try:
                page = await self._client.json(path, {**query, **paging})
            except NotThereError:
                if is_optional and number == 1:
                    return
                raise
            items = _checked(page, path, number)
            if items and items == before:
                raise _refusal(path, "De bron geeft steeds dezelfde bladzijde.")
            self._read += len(items)
            if self._read > limits.MAX_ITEMS:
                raise _refusal(None, f"De bron vertelt meer dan {limits.MAX_ITEMS} dingen: te veel.")
            await self._go_on()
            for item in items:
                yield item
            if not page["hasNextPage"] or not items:
                return
            number, before = number + 1, items


def _checked(page: Any, path: str, number: int) -> list[object]:  # noqa: ANN401 - whatever the source answers
    """Return the items on a page.

    Raises:
        ImportFaultsError: this is no page, or not the one that was asked for.
    """
    match page:
        case {"items": list() as items, "hasNextPage": bool()}:
            if page.get("pageNumber", number) != number:
                raise _refusal(path, f"Bladzijde {number} gevraagd, en {page['pageNumber']} gekregen.")
            return items
        case _:
            raise _refusal(path, "Dit is geen bladzijde van OOAPI 5: items of hasNextPage ontbreekt.")


def _faults(several: BaseExceptionGroup[ImportFaultsError]) -> list[ImportFault]:
    found: list[ImportFault] = []
    for error in several.exceptions:
        found += _faults(error) if isinstance(error, BaseExceptionGroup) else error.faults
    return list(dict.fromkeys(found))


def _refusal(path: str | None, message: str) -> ImportFaultsError:
    return ImportFaultsError([ImportFault(item=path, message=message)])

"""Which version of ESCO a folder holds, and who says so."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from skills_taxonomy.esco.files import Folder, Part
from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.tables import rows

UNKNOWN = "onbekend"

_VERSION = re.compile(r"(?:(?<![a-z])v|version |versie |esco )(\d+(?:\.\d+){1,2})", re.IGNORECASE)
_NOBODY_SAYS = "Geen bestand zegt welke versie van ESCO dit is."


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What people may be told, and what the administrator is told about it."""

    shown: str
    """Beside the licence: never a version that only the names of some files suggest."""
    reasons: tuple[str, ...]
    """Sentences in Dutch."""


def version_of(folder: Path, files: Folder, problems: Problems) -> Version:
    """Return the version that a file states, or else the one that names suggest, told as such."""
    shown, reason = _whole(folder, files, problems)
    by_name = _by_name(file.path.name for file in files.used)
    suggested = " en ".join(f"{version} ({', '.join(names)})" for version, names in by_name.items())
    reasons = [reason]
    if by_name and shown == UNKNOWN:
        reasons.append(f"Versie volgens de bestandsnamen: {suggested}.")
    if len(by_name) > 1:
        reasons.append("Er staan bestanden van verschillende versies bij elkaar.")
    return Version(shown=shown, reasons=tuple(reasons))


def _whole(folder: Path, files: Folder, problems: Problems) -> tuple[str, str]:
    """Return the version of all files together and the reason for it."""
    stated = _sorted(
        version
        for file in files.of(Part.SCHEMES)
        for row in rows(file.path, problems)
        for cell in row.cells.values()
        for version in _VERSION.findall(cell)
    )
    if len(stated) > 1:
        return UNKNOWN, f"conceptSchemes noemt meer dan één versie van ESCO: {', '.join(stated)}."
    if stated:
        return stated[0], f"Versie volgens conceptSchemes: {stated[0]}."
    named = _sorted(_VERSION.findall(folder.resolve().name))
    if len(named) == 1:
        return f"{named[0]} (volgens de mapnaam)", f"{_NOBODY_SAYS} Versie volgens de mapnaam: {named[0]}."
    return UNKNOWN, _NOBODY_SAYS


def _by_name(names: Iterable[str]) -> dict[str, list[str]]:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for version in _VERSION.findall(name):
            named[version].append(name)
    return {version: named[version] for version in _sorted(named)}


def _sorted(versions: Iterable[str]) -> list[str]:
    return sorted(set(versions), key=lambda version: [int(number) for number in version.split(".")])

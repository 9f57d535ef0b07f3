"""Put ESCO and CompetentNL beside the starter taxonomy, from the command line.

The taxonomy in use is replaced once the new one is whole: whatever goes wrong changes nothing.
The entries of CompetentNL are kept with it, and so are the concepts as they were without them.
That way a later release of ESCO gets the same names, and a later file of CompetentNL replaces them.
"""

import errno
import sys
from collections.abc import Sequence
from pathlib import Path

from app.settings import Settings
from skills_taxonomy import TaxonomyData, index, storing
from skills_taxonomy.esco import Problems, competentnl, read_esco
from skills_taxonomy.esco.competentnl import Entry
from skills_taxonomy.index import IndexMissingError
from skills_taxonomy.loading import Fault, TaxonomyDataError, load
from skills_taxonomy.meaning import open_encoder
from skills_taxonomy.merging import merge

_ENTRIES = "competentnl.json"
_WITHOUT = "without-competentnl.json"
_SHOWN = 20

_WHY = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte voor het loket is op",
    errno.EACCES: "het loket mag daar niet schrijven",
    errno.EPERM: "het loket mag daar niet schrijven",
    errno.EROFS: "het loket mag daar niet schrijven",
    errno.ENOTDIR: "dat is geen map",
    errno.EEXIST: "dat is geen map",
}


def import_esco(settings: Settings, folder: Path) -> int:
    """Put a release of ESCO beside the starter taxonomy; print what came of it; returns the exit code."""
    try:
        imported = read_esco(folder, print)
    except TaxonomyDataError as error:
        return _refused(error.faults)
    print("\n".join(imported.report.lines()))
    try:
        if entries := imported.competentnl:
            print("De namen van CompetentNL komen uit deze map. Eerdere namen van CompetentNL vervallen.")
        elif entries := _kept(settings.taxonomy_folder):
            print("De namen uit de vorige import van CompetentNL komen er weer bij.")
        return _take_into_use(settings.taxonomy_folder, merge(load(), imported.data), entries, Problems())
    except OSError as error:
        return _unwritable(settings.taxonomy_folder, error)


def import_competentnl(settings: Settings, file: Path) -> int:
    """Put the names of CompetentNL beside the taxonomy in use, not earlier ones; print what came of it."""
    problems = Problems()
    try:
        entries = competentnl.read(file, problems, print)
    except TaxonomyDataError as error:
        return _refused(error.faults)
    try:
        data = _without_competentnl(settings.taxonomy_folder)
        return _take_into_use(settings.taxonomy_folder, data, entries, problems)
    except OSError as error:
        return _unwritable(settings.taxonomy_folder, error)


def _take_into_use(folder: Path, data: TaxonomyData, entries: Sequence[Entry], problems: Problems) -> int:
    """Build an index of the data with these entries; tell about the entries first.

    Raises:
        OSError: it cannot be written.
    """
    beside = {}
    if entries:
        beside = {_ENTRIES: competentnl.to_json(entries), _WITHOUT: storing.to_json(data)}
        data = competentnl.add(data, entries, problems)
        concepts = (*data.occupations.values(), *data.skills.values(), *data.groups.values())
        named = sum(concept.competentnl is not None for concept in concepts)
        print(f"CompetentNL, versie {competentnl.SOURCE.version}. {competentnl.SOURCE.notice}")
        print(f"Begrippen met een kenmerk en namen van CompetentNL: {named}.")
    for line in problems.lines():
        print(line)
    index.build(data, folder, open_encoder(), print, beside)
    print("Start het loket opnieuw: dan gebruikt Noor deze taxonomie.")
    return 0


def _kept(folder: Path) -> tuple[Entry, ...]:
    """Return the entries of CompetentNL in the taxonomy in use."""
    kept = index.beside(folder, _ENTRIES)
    return competentnl.from_json(kept) if kept else ()


def _without_competentnl(folder: Path) -> TaxonomyData:
    """Return the taxonomy in use as it was before CompetentNL."""
    try:
        data = index.stored(folder)
    except IndexMissingError:
        print("Er is nog geen ESCO ingelezen: de namen komen bij de starttaxonomie.")
        return load()
    before = index.beside(folder, _WITHOUT)
    return storing.from_json(before) if before else data


def _refused(faults: Sequence[Fault]) -> int:
    print("\n".join(str(fault) for fault in faults[:_SHOWN]), file=sys.stderr)
    if len(faults) > _SHOWN:
        print(f"… en nog {len(faults) - _SHOWN}.", file=sys.stderr)
    print(f"De taxonomie is niet veranderd: {len(faults)} fout(en).", file=sys.stderr)
    return 1


def _unwritable(folder: Path, error: OSError) -> int:
    # numpy gives no number when the disk is full in the middle of an array.
    why = _WHY.get(error.errno or errno.ENOSPC, error.strerror)
    print(f"De nieuwe taxonomie kan niet worden bewaard in {folder}: {why}.", file=sys.stderr)
    print(
        "De taxonomie is niet veranderd. Maak ruimte of geef rechten, en probeer het opnieuw.",
        file=sys.stderr,
    )
    return 1

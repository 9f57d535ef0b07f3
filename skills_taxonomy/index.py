"""A taxonomy made ready for use, kept on disk: built once, then open in a second or so.

    folder/
      current                  the name of the edition in use
      <version and digest>/
        concepts.json          every concept and relation
        vocabulary.json        the words of names, and the key of each
        <pillar>-*.npy         postings of words and of letters, vectors; mapped into memory
        <pillar>-*.json        the features of the postings
        projection-*.npy       which directions of meaning count (see `meaning`)
        beside-<name>          what else `build` was given to keep with this edition

An edition is whole before `current` names it, and never changes afterwards: who has one open
keeps it. Building the same data again does nothing.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skills_taxonomy.lexicon import Lexicon
from skills_taxonomy.meaning import Encoder, Meanings, Projection, Vectors, add_skills, learn, place, texts_of
from skills_taxonomy.model import Concept, TaxonomyData
from skills_taxonomy.names import Name, names_of
from skills_taxonomy.search import ConceptSearch
from skills_taxonomy.sparse_index import SparseIndex
from skills_taxonomy.storing import from_json, to_json
from skills_taxonomy.words import Vocabulary

_FORMAT = 3
"""Raised when the layout changes, or how anything in it is computed."""

_CURRENT = "current"
_BESIDE = "beside-"
_AT_ONCE = 1024

type Progress = Callable[[str], None]
"""Is told, in Dutch, how far a long piece of work is."""


class IndexMissingError(LookupError):
    """No index was built in this folder, or it is of another version of this library."""


def build(
    data: TaxonomyData,
    folder: Path,
    encoder: Encoder | None,
    progress: Progress,
    beside: Mapping[str, str] | None = None,
) -> str:
    """Build an index of `data` in `folder`, take it into use, and return its digest.

    Without an encoder the letters of names alone are searched. The texts in `beside` are kept
    with this edition, by name.

    Raises:
        OSError: the disk is full or may not be written; the index in use is as it was.
    """
    concepts = to_json(data)
    beside = beside or {}
    whole = "\0".join((concepts, *(f"{name}\0{text}" for name, text in sorted(beside.items()))))
    with_meaning = "meaning" if encoder else "letters"
    digest = f"{_FORMAT}-{with_meaning}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"
    if _current(folder) == digest:
        progress("De index is al bij: er is niets veranderd.")
        return digest
    with _clean_unless_done(folder, digest) as edition:
        (edition / "concepts.json").write_text(concepts, encoding="utf-8")
        for name, text in beside.items():
            (edition / f"{_BESIDE}{name}").write_text(text, encoding="utf-8")
        _write(edition, data, encoder, progress)
        _take_into_use(folder, digest)
    _clear_old(folder, digest)
    progress("De index is klaar en in gebruik.")
    return digest


@contextmanager
def _clean_unless_done(folder: Path, digest: str) -> Iterator[Path]:
    """Give a folder for a new edition; what breaks off leaves nothing behind."""
    there = folder.exists()
    edition = folder / digest
    # What a build left behind that was killed.
    shutil.rmtree(edition, ignore_errors=True)
    try:
        edition.mkdir(parents=True)
        yield edition
    except BaseException:
        shutil.rmtree(edition if there else folder, ignore_errors=True)
        with suppress(OSError):
            (folder / f"{_CURRENT}.new").unlink()
        raise


def _write(edition: Path, data: TaxonomyData, encoder: Encoder | None, progress: Progress) -> None:
    """Write everything that searching needs."""
    progress("Woorden van alle namen uit elkaar halen …")
    lexicon = Lexicon.of(data)
    words = {"spelled": lexicon.vocabulary.spelled, "aliases": lexicon.vocabulary.aliases}
    _write_json(edition / "vocabulary.json", words)
    for pillar, search in (("occupations", lexicon.occupations), ("skills", lexicon.skills)):
        for part, index in (("words", search.words), ("letters", search.letters)):
            _write_sparse(edition / f"{pillar}-{part}", index)
    if encoder is None:
        progress("Er wordt alleen op letters gezocht: op deze machine kan de betekenis niet worden berekend.")
    else:
        _write_meanings(edition, lexicon, encoder, progress)


def beside(folder: Path, name: str) -> str | None:
    """Return a text that was kept with the edition in use, of whatever version; nothing without one."""
    current = _current(folder)
    file = folder / current / f"{_BESIDE}{name}" if current else None
    return file.read_text(encoding="utf-8") if file and file.exists() else None


def stored(folder: Path) -> TaxonomyData:
    """Return the data of the index in `folder`, without what searching needs.

    Raises:
        IndexMissingError: there is none, or it cannot be used by this version.
    """
    try:
        return from_json((_edition(folder) / "concepts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMissingError(str(folder)) from error


def open_index(folder: Path, encoder: Encoder | None) -> tuple[TaxonomyData, Lexicon]:
    """Return the data and the lexicon of the index in `folder`.

    Raises:
        IndexMissingError: there is none, or it cannot be used by this version.
    """
    edition = _edition(folder)
    data = stored(folder)
    try:
        words = json.loads((edition / "vocabulary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMissingError(str(folder)) from error
    vocabulary = Vocabulary(words["spelled"], words["aliases"])
    occupation_names = names_of(data.occupations.values(), vocabulary)
    skill_names = names_of(data.skills.values(), vocabulary)
    return data, Lexicon(
        vocabulary=vocabulary,
        occupation_names=occupation_names,
        skill_names=skill_names,
        occupations=_search(edition, "occupations", occupation_names, vocabulary, encoder),
        skills=_search(edition, "skills", skill_names, vocabulary, encoder),
    )


def _search[C: Concept](
    edition: Path, pillar: str, names: Sequence[Name[C]], vocabulary: Vocabulary, encoder: Encoder | None
) -> ConceptSearch[C]:
    return ConceptSearch(
        names,
        vocabulary,
        words=_read_sparse(edition / f"{pillar}-words", len(names)),
        letters=_read_sparse(edition / f"{pillar}-letters", len(names)),
        meanings=_read_meanings(edition, pillar, encoder) if encoder else None,
    )


def _write_sparse(path: Path, index: SparseIndex) -> None:
    _write_json(path.with_suffix(".json"), index.features)
    _write_arrays(path, {"ends": index.ends, "documents": index.documents, "weights": index.weights})


def _read_sparse(path: Path, size: int) -> SparseIndex:
    features = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return SparseIndex(features, *_read_arrays(path, "ends", "documents", "weights"), size=size)


def _write_meanings(edition: Path, lexicon: Lexicon, encoder: Encoder, progress: Progress) -> None:
    """Learn from both pillars what counts, and write where each name and description lies."""
    pillars = {"occupations": texts_of(lexicon.occupation_names), "skills": texts_of(lexicon.skill_names)}
    total = sum(len(texts.all) for texts in pillars.values())
    told = _counted(total, progress)
    raw = {pillar: _encoded(texts.all, encoder, told) for pillar, texts in pillars.items()}
    progress("Leren welke namen bij elkaar horen …")
    first, second = (texts.synonyms() for texts in pillars.values())
    beyond = len(raw["occupations"])
    projection = learn(
        np.concatenate(list(raw.values())), [*first, *([row + beyond for row in group] for group in second)]
    )
    _write_arrays(edition / "projection", {"centre": projection.centre, "weights": projection.weights})
    places = {pillar: place(texts, projection(raw[pillar])) for pillar, texts in pillars.items()}
    add_skills(places["occupations"], lexicon.occupation_names, places["skills"], lexicon.skill_names)
    for pillar, placed in places.items():
        arrays = {"names": placed.names, "concepts": placed.concepts, "owners": placed.owners}
        _write_arrays(edition / f"{pillar}-meaning", arrays)


def _read_meanings(edition: Path, pillar: str, encoder: Encoder) -> Meanings | None:
    if not (edition / "projection-centre.npy").exists():
        return None
    projection = Projection(*_read_arrays(edition / "projection", "centre", "weights"))
    names, concepts, owners = _read_arrays(edition / f"{pillar}-meaning", "names", "concepts", "owners")
    return Meanings(encoder, projection, names=names, concepts=concepts, owners=owners)


def _encoded(texts: Sequence[str], encoder: Encoder, told: Callable[[int], None]) -> Vectors:
    pieces = []
    for start in range(0, len(texts), _AT_ONCE):
        pieces.append(encoder.encode(texts[start : start + _AT_ONCE]))
        told(len(pieces[-1]))
    return np.concatenate(pieces) if pieces else encoder.encode(["-"])[:0]


def _counted(total: int, progress: Progress) -> Callable[[int], None]:
    """Return what is told of each batch, and tells how far it is at every tenth of the whole."""
    done = 0

    def told(count: int) -> None:
        nonlocal done
        before, done = done, done + count
        if 10 * done // total > 10 * before // total:
            progress(f"Betekenis van namen en omschrijvingen berekenen: {done} van {total}")

    return told


def _edition(folder: Path) -> Path:
    """Return the folder of the edition in use, if this version can use it."""
    current = _current(folder)
    if current is None or not current.startswith(f"{_FORMAT}-"):
        raise IndexMissingError(str(folder))
    return folder / current


def _current(folder: Path) -> str | None:
    file = folder / _CURRENT
    return file.read_text(encoding="utf-8").strip() if file.exists() else None


def _take_into_use(folder: Path, digest: str) -> None:
    new = folder / f"{_CURRENT}.new"
    new.write_text(digest, encoding="utf-8")
    new.replace(folder / _CURRENT)


def _clear_old(folder: Path, digest: str) -> None:
    """Remove the editions before this one; who reads one still keeps its files."""
    for old in folder.iterdir():
        if old.is_dir() and old.name != digest:
            shutil.rmtree(old, ignore_errors=True)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    for name, array in arrays.items():
        np.save(path.with_name(f"{path.name}-{name}.npy"), array)


def _read_arrays(path: Path, *names: str) -> list[NDArray[Any]]:
    return [np.load(path.with_name(f"{path.name}-{name}.npy"), mmap_mode="r") for name in names]

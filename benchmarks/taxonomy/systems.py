"""What is compared: our search, and the peer that MELO publishes as `char_tf_idf`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.taxonomy.datasets import Task
from benchmarks.taxonomy.ranking import LOOKED_AT
from skills_taxonomy import Occupation, Sector, Skill, TaxonomyData, World, index
from skills_taxonomy.index import open_index
from skills_taxonomy.meaning import open_encoder
from skills_taxonomy.model import Concept
from skills_taxonomy.search import ConceptSearch


class CharacterTfIdf:
    """Cosine of TF-IDF over runs of one to three characters, by scikit-learn."""

    def __init__(self, task: Task) -> None:
        # Ties go to the higher id, as MELO has it.
        self._ids = sorted(task.names, reverse=True)
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
        self._names = self._vectorizer.fit_transform([task.names[name] for name in self._ids]).T.tocsr()

    def rank(self, query: str) -> list[str]:
        """Return the ids of the names, the likest first."""
        likeness = (self._vectorizer.transform([query]) @ self._names).toarray()[0]
        order = np.argsort(-likeness, kind="stable")[:LOOKED_AT]
        return [self._ids[place] for place in order]


class OurSearch:
    """The search of this project over the names of a task, built as an import builds it."""

    def __init__(self, task: Task, data: TaxonomyData, folder: Path) -> None:
        """`data` tells of the concepts besides: descriptions, everyday names, skills of occupations."""
        known = {one.esco: one for one in (*data.occupations.values(), *data.skills.values())}
        self._ids: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in sorted(task.names, reverse=True):
            self._ids[task.concept_of[name]][task.names[name]].append(name)
        concepts = {uri: _concept(uri, list(names), known.get(uri)) for uri, names in self._ids.items()}
        whole = TaxonomyData(occupations=concepts, skills=_skills_of(concepts, data))
        index.build(whole, folder, open_encoder(), lambda _: None)
        self._search: ConceptSearch[Occupation] = open_index(folder, open_encoder())[1].occupations

    def rank(self, query: str) -> list[str]:
        """Return the ids of names, the best first; of each concept one stands for its best name of all."""
        scores: dict[str, float] = {}
        best: dict[str, float] = defaultdict(float)
        for match in self._search.names_found(query):
            best[match.concept.id] = max(best[match.concept.id], match.score)
            for name in self._ids[match.concept.id].get(match.matched_name, ()):
                scores[name] = match.score
        for concept, score in best.items():
            names = [name for same in self._ids[concept].values() for name in same]
            first = max(names, key=lambda name: (scores.get(name, 0.0), name))
            scores[first] = score
        return sorted(scores, key=lambda name: (scores[name], name), reverse=True)


def _concept(uri: str, names: Sequence[str], known: Concept | None) -> Occupation:
    name, *others = dict.fromkeys((*(known.all_names if known else ()), *names))
    return Occupation(
        id=uri,
        name=name,
        names=tuple(others),
        description=known.description if known else "",
        formal_description=known.formal_description if known else "",
        essential=known.essential if isinstance(known, Occupation) else (),
        # Searching asks nothing of these.
        sector=Sector.KANTOOR,
        world=World.GELD_HANDEL,
    )


def _skills_of(occupations: Mapping[str, Occupation], data: TaxonomyData) -> dict[str, Skill]:
    needed = dict.fromkeys(skill for occupation in occupations.values() for skill in occupation.essential)
    # What these refer to is not there.
    return {skill: replace(data.skills[skill], related=(), broader=()) for skill in needed}

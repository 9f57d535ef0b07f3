"""A passport as Open Badges 3.0, the open format for what somebody can do, in JSON-LD.

Each skill is an AchievementCredential of its own, so that the holder can pass on one without the
others; a VerifiablePresentation of W3C's data model 2.0 holds them together. Nobody but the holder
vouches for them: the holder is the issuer, and there is no proof; each says from whom it is known, and
that it is no certificate. Wishes are nothing achieved.
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from counter.database import new_id
from counter.passport.facts import source_of, years_of
from counter.passport.model import Entry, Passport, Source, Told
from counter.passport.naming import skill_name
from counter.passport.texts import load_texts
from skills_taxonomy import Level, Taxonomy

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ESCO = "ESCO"


def as_credentials(passport: Passport, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the skills of a passport as one JSON-LD document."""
    # A new name for the holder each time: who gets two of these cannot tell that they are one person's.
    holder = f"urn:uuid:{new_id()}"
    texts = load_texts("credentials")
    return {
        "@context": [VC_CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": [
            _credential(entry, _achievement(entry, taxonomy, texts), holder, texts)
            for entry in passport.skills
        ],
    }


def _credential(
    entry: Entry, achievement: dict[str, Any], holder: str, texts: dict[str, str]
) -> dict[str, Any]:
    results = list(_results(entry.told, texts))
    described = [description for description, _ in results]
    achieved = [
        {"type": ["Result"], "resultDescription": description["id"], "value": value}
        for description, value in results
    ]
    return {
        "@context": [VC_CONTEXT, OB_CONTEXT],
        "id": f"urn:uuid:{new_id()}",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": texts["name"].format(skill=achievement["name"]),
        "description": texts[entry.told.source.value],
        "issuer": {"id": holder, "type": ["Profile"], "name": texts["holder"]},
        "validFrom": entry.added_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": holder,
            "type": ["AchievementSubject"],
            "achievement": {**achievement, **({"resultDescription": described} if described else {})},
            **({"result": achieved} if achieved else {}),
        },
        "evidence": [_evidence(entry.told, texts)],
    }


def _results(told: Told, texts: dict[str, str]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield how well and how long, each with what kind of result that is: one that nobody measured."""
    facts = load_texts("facts")
    if told.level is not None:
        name = texts["level_rated" if told.rated_by else "level"]
        yield _result(name, "PerformanceLevel", allowed=[facts[level] for level in Level]), facts[told.level]
    if told.years is not None:
        yield _result(texts["years"], "Result"), years_of(told, facts)


def _result(name: str, kind: str, *, allowed: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{new_id()}",
        "type": ["ResultDescription"],
        "name": name,
        "resultType": kind,
        **({"allowedValue": list(allowed)} if allowed else {}),
    }


def _evidence(told: Told, texts: dict[str, str]) -> dict[str, Any]:
    if told.source is not Source.TOLD:
        return {"type": ["Evidence"], "name": source_of(told, load_texts("facts"))}
    return {"type": ["Evidence"], "name": texts["evidence"], "narrative": told.words}


def _achievement(entry: Entry, taxonomy: Taxonomy, texts: dict[str, str]) -> dict[str, Any]:
    name, skill = skill_name(entry.told, taxonomy), taxonomy.skills.get(entry.skill_id)
    esco = skill.esco if skill else None
    alignment = {
        "type": ["Alignment"],
        "targetName": name,
        "targetUrl": esco,
        "targetFramework": ESCO,
    }
    return {
        # The same skill has the same name in everybody's passport.
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, entry.skill_id)}",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "inLanguage": "nl",
        "name": name,
        "description": name,
        "criteria": {"narrative": texts["criteria"]},
        **({"alignment": [alignment]} if esco else {}),
    }

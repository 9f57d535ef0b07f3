"""A passport in the European Learning Model, version 3: the format of Europass, in JSON-LD.

One credential holds every skill as a claim of its holder. Europass has claims that a school makes; these
are the holder's own, and the document says so where the model lets it: the holder is the issuer and the
awarding body, each claim has a note of whom it comes from, and there is no seal. Wishes are no claim.

Source: https://europa.eu/europass/elm-browser, and the application profile for credentials.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from counter.database import new_id
from counter.passport.facts import facts_of
from counter.passport.model import Entry, Passport
from counter.passport.naming import skill_name
from counter.passport.texts import load_texts
from skills_taxonomy import Taxonomy

VC_CONTEXT = "https://www.w3.org/2018/credentials/v1"
ELM_CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
# The profile for credentials of any kind, whose lists may be one's own.
_SCHEMA = "http://data.europa.eu/snb/model/ap/edc-generic-no-cv"
_CREDENTIAL_TYPES = "http://data.europa.eu/snb/credential/25831c2"
_GENERIC = "http://data.europa.eu/snb/credential/e34929035b"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language"
_ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"


def as_europass(passport: Passport, taxonomy: Taxonomy, *, made_at: datetime) -> dict[str, Any]:
    """Return the skills of a passport as one JSON-LD document."""
    texts = load_texts("europass")
    # A new name for the holder each time: who gets two of these cannot tell that they are one person's.
    holder, moment = f"urn:uuid:{new_id()}", _moment(made_at)
    return {
        "@context": [VC_CONTEXT, ELM_CONTEXT],
        "id": f"urn:uuid:{new_id()}",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": {"id": _SCHEMA, "type": "ShaclValidator2017"},
        "credentialProfiles": _concept(_GENERIC, _CREDENTIAL_TYPES, {"en": texts["profile"]}),
        "displayParameter": _display(texts),
        "issuer": {"id": holder, "type": "Person", "additionalNote": _note(texts["holder"])},
        "issuanceDate": moment,
        "issued": moment,
        "validFrom": moment,
        "credentialSubject": {
            "id": holder,
            "type": "Person",
            "hasClaim": [_claim(entry, taxonomy, holder) for entry in passport.skills],
        },
    }


def _display(texts: Mapping[str, str]) -> dict[str, Any]:
    dutch = _concept(f"{_LANGUAGES}/NLD", _LANGUAGES, {"nl": texts["language"]})
    return {
        "id": f"urn:uuid:{new_id()}",
        "type": "DisplayParameter",
        "title": {"nl": texts["title"]},
        "description": {"nl": texts["description"]},
        "primaryLanguage": dutch,
        "language": [dutch],
    }


def _claim(entry: Entry, taxonomy: Taxonomy, holder: str) -> dict[str, Any]:
    told, name = entry.told, {"nl": skill_name(entry.told, taxonomy)}
    notes = [load_texts("credentials")[told.source.value], *facts_of(told, load_texts("facts"))]
    # The same skill has the same name in everybody's passport.
    same = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, told.skill_id)}"
    return {
        "id": f"urn:uuid:{new_id()}",
        "type": "LearningAchievement",
        "title": name,
        "additionalNote": [_note(text) for text in notes],
        "awardedBy": {
            "id": f"urn:uuid:{new_id()}",
            "type": "AwardingProcess",
            "awardingBody": {"id": holder, "type": "Person"},
        },
        "specifiedBy": {
            "id": same,
            "type": "LearningAchievementSpecification",
            "title": name,
            "learningOutcome": {
                "id": f"{same}#uitkomst",
                "type": "LearningOutcome",
                "title": name,
                **_related(told.skill_id, taxonomy),
            },
        },
    }


def _related(skill_id: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return which skill of ESCO this is, where it is one."""
    skill = taxonomy.skills.get(skill_id)
    if skill is None or not skill.esco:
        return {}
    return {"relatedESCOSkill": _concept(skill.esco, _ESCO_SKILLS, {"nl": skill.name})}


def _concept(address: str, scheme: str, label: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": address,
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "prefLabel": label,
    }


def _note(text: str) -> dict[str, Any]:
    return {"id": f"urn:uuid:{new_id()}", "type": "Note", "noteLiteral": {"nl": text}}


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

"""How what stands in a passport is called, also when the taxonomy in use has never heard of it.

A passport outlives a taxonomy: an index may be lost, or replaced by a release that dropped a skill.
Such a skill stays what its holder agreed with, under the name it had then; it counts in no comparison.
"""

from counter.passport.model import Told
from skills_taxonomy import Taxonomy


def skill_name(told: Told, taxonomy: Taxonomy) -> str:
    """Return how a skill is called: by the taxonomy, or as when it was added, or in the person's words."""
    skill = taxonomy.skills.get(told.skill_id)
    return skill.name if skill else told.name or told.words


def occupation_name(told: Told, taxonomy: Taxonomy) -> str:
    """Return how the work is called that a skill comes with; empty when it comes with none."""
    if told.occupation_id is None:
        return ""
    occupation = taxonomy.occupations.get(told.occupation_id)
    # Who named work as the source of a skill said how it is called.
    return occupation.name if occupation else told.words

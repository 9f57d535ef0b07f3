"""Made-up skills and occupations: some in families, some named together, some alone."""

from hypothesis import strategies as st

from skills_taxonomy import Occupation, Sector, Skill, SkillKind, World
from skills_taxonomy.kinship import CLOSE_FAMILY


def skill(skill_id: str, *, broader: tuple[str, ...] = (), related: tuple[str, ...] = ()) -> Skill:
    return Skill(
        id=skill_id, name=f"skill {skill_id}", kind=SkillKind.TECHNISCH, broader=broader, related=related
    )


def occupation(
    occupation_id: str = "o", *, essential: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> Occupation:
    return Occupation(
        id=occupation_id,
        name=f"occupation {occupation_id}",
        description="Je doet iets.",
        sector=Sector.TECHNIEK,
        world=World.HIGHTECH_SCIENCE,
        essential=essential,
        optional=optional,
    )


ALONE = {one.id: one for one in (skill(f"s{number}") for number in range(12))}
"""Skills without any hierarchy, as in the starter taxonomy."""

FAMILIES = {
    one.id: one
    for one in (
        skill("sawing", broader=("woodwork",)),
        skill("band saw", broader=("sawing", "small")),
        skill("table saw", broader=("sawing",)),
        skill("timber", broader=("small",), related=("sawing",)),
        skill("lonely"),
        *(skill(f"quality {number}", broader=("wide",)) for number in range(CLOSE_FAMILY + 1)),
    )
}
"""Skills in families: "small" is a group of two, "wide" one too wide to say anything."""


@st.composite
def occupations(draw: st.DrawFn, skill_ids: tuple[str, ...] = tuple(ALONE)) -> Occupation:
    """Occupations that need at least one of these skills."""
    some = st.sets(st.sampled_from(sorted(skill_ids)))
    essential = draw(some.filter(bool))
    optional = draw(some) - essential
    return occupation(essential=tuple(sorted(essential)), optional=tuple(sorted(optional)))


def numbered(asking: list[Occupation]) -> dict[str, Occupation]:
    """Return the occupations with different ids."""
    return {
        f"o{number}": occupation(f"o{number}", essential=one.essential, optional=one.optional)
        for number, one in enumerate(asking)
    }

"""A small blind set, and what a model made of it."""

from benchmarks.nlu.figures import BlindSet, Readings, Training
from benchmarks.nlu.readings import FALLBACK, Memory, Reading
from benchmarks.nlu.sentences import Entity, Sentence


def reading(label: str, confidence: float = 0.8, *, entities: tuple[Entity, ...] = ()) -> Reading:
    """Return a sentence understood like this."""
    intent, _, key = label.partition("/")
    likeliest = "groeten" if intent == FALLBACK else intent
    return Reading(
        intent=intent,
        key=key,
        confidence=confidence,
        ranking=((likeliest, confidence), ("stoppen", (1 - confidence) / 2)),
        entities=entities,
        scope_score=None,
        milliseconds=10.0,
        cpu_milliseconds=4.0,
    )


PLACE = Entity(name="plaats", start=11, end=18)
BLIND = BlindSet(
    inside=[
        Sentence(text="hallo daar", intent="groeten"),
        Sentence(text="cursus bij Zaandam", intent="cursus_zoeken", entities=(PLACE,)),
        Sentence(text="cursus <b>koken</b>", intent="cursus_zoeken"),
        Sentence(text="ben ik te oud", intent="faq", key="leeftijd"),
    ],
    misspelled=[
        Sentence(text="halol dara", intent="groeten"),
        Sentence(text="curus bij Zandam", intent="cursus_zoeken"),
        Sentence(text="cusrus <b>kokn</b>", intent="cursus_zoeken"),
        Sentence(text="ben ik te oud", intent="faq", key="leeftijd"),
    ],
    outside=[
        Sentence(text="hoe laat speelt ajax", intent="buiten_bereik"),
        Sentence(text="wat eet een kat", intent="buiten_bereik"),
    ],
)
READINGS = Readings(
    inside=[
        reading("groeten", 0.95),
        reading("cursus_zoeken", 0.9, entities=(PLACE,)),
        reading("nlu_fallback", 0.3),
        reading("faq/vervoer", 0.8),
    ],
    misspelled=[
        reading("groeten", 0.6),
        reading("stoppen", 0.6),
        reading("stoppen", 0.6),
        reading("faq/leeftijd", 0.6),
    ],
    outside=[reading("buiten_bereik", 0.9), reading("cursus_zoeken", 0.5)],
    training=Training(seconds=12.0, cpu_seconds=9.0),
    memory=Memory(peak=3 * 1024**2, resident=2 * 1024**2),
)

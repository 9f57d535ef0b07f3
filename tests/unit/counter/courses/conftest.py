"""A handful of courses, on a map of their own."""

import pytest

from counter.courses.catalogue import CourseCatalogue
from counter.courses.model import Course, Form, Level
from counter.places.gazetteer import Entry, Gazetteer
from counter.places.model import Place, Region


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    def entry(name: str, latitude: float, longitude: float) -> Entry:
        return Entry(
            place=Place(
                name=name,
                municipality=name,
                region=Region.NOORD_HOLLAND_NOORD,
                latitude=latitude,
                longitude=longitude,
            )
        )

    return Gazetteer(
        [
            entry("Alkmaar", 52.632, 4.749),
            entry("Zaandam", 52.438, 4.826),
            entry("Den Helder", 52.956, 4.760),
            entry("Huizen", 52.299, 5.242),
            entry("Bergen", 52.670, 4.705),
        ]
    )


@pytest.fixture(scope="session")
def catalogue(gazetteer: Gazetteer) -> CourseCatalogue:
    def course(
        course_id: str,
        title: str,
        place: str | None,
        form: Form,
        level: Level,
        price_eur: int | None,
        *topics: str,
    ) -> Course:
        return Course(
            id=course_id,
            title=title,
            provider="Voorbeeldschool",
            place=place,
            form=form,
            level=level,
            price_eur=price_eur,
            topics=topics,
        )

    return CourseCatalogue(
        [
            course("elektro", "Elektrotechniek", "Alkmaar", Form.AVOND, Level.MBO2, 675, "elektra"),
            course("monteur", "Elektromonteur", "Zaandam", Form.DEELTIJD, Level.MBO3, 900, "elektra"),
            course("lassen", "Lassen: de basis", "Zaandam", Form.KLASSIKAAL, Level.CURSUS, 650, "metaal"),
            course("python", "Programmeren", None, Form.ONLINE, Level.CURSUS, 0, "Python", "ICT"),
            course("zorg", "Zorg voor ouderen", "Alkmaar", Form.AVOND, Level.MBO2, None, "zorg"),
            course("bouw", "Huizen bouwen", "Huizen", Form.KLASSIKAAL, Level.MBO2, 400, "bouw"),
        ],
        gazetteer,
    )

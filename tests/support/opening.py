"""Opening hours for tests that run at any time of any day."""

from datetime import timedelta
from pathlib import Path

from counter.calendar import local_date
from counter.clock import utc_now

CLOSED_REGION = "Gooi en Vechtstreek"
"""The region whose counter is closed now, and for days."""

_EVERYWHERE = """\
[terugbellen]
minuten_vooraf = 60
[loket]
naam = "Loket voor tests"
adres = "Testplein 1, Haarlem"
telefoon = "023 555 01 23"
"""
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def always_open(folder: Path) -> Path:
    """Write opening hours: day and night, but for one region that is closed; return the file."""
    today = local_date(utc_now())
    near = [today + timedelta(days=days) for days in range(-1, 4)]
    lines = [
        _EVERYWHERE,
        *(f'{day} = ["0:00-23:59"]' for day in _WEEKDAYS),
        "[loket.dagen]",  # one of them may be a holiday
        *(f'{day} = ["0:00-23:59"]' for day in near),
        f'[regio."{CLOSED_REGION}".dagen]',
        *(f"{day} = []" for day in near),
    ]
    file = folder / "openingstijden.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file

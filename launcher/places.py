"""Where the launcher keeps things; all of it can be deleted and is made again, except `data`."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BOT = PROJECT / "bot"
MODELS = BOT / "models"
REQUIREMENTS = PROJECT / "requirements"

PRIVATE = PROJECT / ".loket"
LOGS = PRIVATE / "logs"
DATA = PRIVATE / "data"

"""Colours of the chat: what an editor of another site reads is what the style sheets ask."""

import re
from pathlib import Path

from connectors import website

GUIDE = Path(__file__).parents[4] / "docs" / "chat-in-eigen-kleuren.md"
SHEETS = Path(website.__file__).parent / "static" / "noor-chat"
TOKEN = re.compile(r"--(?:noor|basis|nl|utrecht)-[a-z0-9-]+")


def test_the_page_about_colours_names_every_token_there_is_and_no_other() -> None:
    used = {
        token for sheet in SHEETS.glob("*.css") for token in TOKEN.findall(sheet.read_text(encoding="utf-8"))
    }
    assert set(TOKEN.findall(GUIDE.read_text(encoding="utf-8"))) == used

"""A passport as a PDF: large letters that read easily, and tags for who listens to it.

fpdf2 tags pictures only, so `TaggedPdf` tags the text itself: a screen reader hears headings and
paragraphs in the order in which they stand, in Dutch.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

import fontpkg
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.prefs import ViewerPreferences

from counter.passport.facts import facts_of
from counter.passport.model import Entry, Passport, Source, Told
from counter.passport.naming import occupation_name, skill_name
from counter.passport.texts import load_texts
from skills_taxonomy import Taxonomy

# Made by the Braille Institute so that letters are told apart by who sees badly.
FONT = "Atkinson Hyperlegible"
_SIZES = {"H1": 26, "H2": 18, "H3": 14, "P": 12}
_BOLD = frozenset({"H1", "H2", "H3"})
# Millimetres above a heading or paragraph.
_ROOM_ABOVE = {"H1": 0, "H2": 7, "H3": 4, "P": 1.5}
_LINE = 1.5
_POINT_MM = 25.4 / 72


class TaggedPdf(FPDF):
    """A page of text whose every line has a tag."""

    def __init__(self, *, title: str, language: str) -> None:
        super().__init__(format="A4")
        self.add_font("text", fname=fontpkg.path(FONT))
        self.add_font("text", style="B", fname=fontpkg.path(FONT, weight="bold"))
        self.set_lang(language)
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margin(22)
        self.add_page()

    def write_tagged(self, tag: str, text: str, *, bullet: bool = False) -> None:
        """Write a heading or a paragraph, whole on one page."""
        self.set_font("text", style="B" if tag in _BOLD else "", size=_SIZES[tag])
        line = _SIZES[tag] * _POINT_MM * _LINE
        written = f"• {text}" if bullet else text
        rehearsal = self.multi_cell(w=0, h=line, text=written, dry_run=True, output=MethodReturnValue.HEIGHT)
        # What multi_cell returns depends on what it is asked.
        height = cast("float", rehearsal)
        # A heading stays with the first line under it.
        needed = _ROOM_ABOVE[tag] + height + (line if tag in _BOLD else 0)
        if self.will_page_break(needed):
            self.add_page()
        self.ln(_ROOM_ABOVE[tag])
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{tag}", mcid=number)
        self._out(f"/{tag} <</MCID {number}>> BDC")
        self.multi_cell(w=0, h=line, text=written, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._out("EMC")


def as_pdf(passport: Passport, taxonomy: Taxonomy, *, made_on: date) -> bytes:
    """Return the passport as a PDF file."""
    texts = load_texts("document")
    pdf = TaggedPdf(title=texts["title"], language="nl-NL")
    pdf.write_tagged("H1", texts["title"])
    pdf.write_tagged("P", texts["intro"])
    # A name is only on paper, in somebody's own hand: the counter need not know it for this.
    pdf.write_tagged("P", texts["owner"])
    if passport.skills:
        pdf.write_tagged("H2", texts["skills"])
        _write_skills(pdf, passport.skills, taxonomy, texts)
    if passport.wishes:
        pdf.write_tagged("H2", texts["wishes"])
        for entry in passport.wishes:
            pdf.write_tagged("P", skill_name(entry.told, taxonomy), bullet=True)
    pdf.write_tagged("H2", texts["about"])
    pdf.write_tagged("P", texts["made"].format(day=f"{made_on.day}-{made_on.month}-{made_on.year}"))
    pdf.write_tagged("P", texts["esco"])
    return bytes(pdf.output())


def _write_skills(
    pdf: TaggedPdf, entries: Iterable[Entry], taxonomy: Taxonomy, texts: Mapping[str, str]
) -> None:
    by_work: dict[str | None, list[Entry]] = {}
    for entry in entries:
        by_work.setdefault(entry.told.occupation_id, []).append(entry)
    for occupation_id, learned in sorted(by_work.items(), key=lambda item: item[0] is None):
        if occupation_id is None:
            pdf.write_tagged("H3", texts["own"])
        else:
            name = occupation_name(learned[0].told, taxonomy)
            pdf.write_tagged("H3", texts["occupation"].format(occupation=name))
        for entry in learned:
            pdf.write_tagged("P", _line(entry.told, taxonomy, texts), bullet=True)


def _line(told: Told, taxonomy: Taxonomy, texts: Mapping[str, str]) -> str:
    """Return a skill with from whom it is known, how well and how long, and the words it comes from."""
    skill, facts = skill_name(told, taxonomy), ", ".join(facts_of(told, load_texts("facts")))
    # Under the work they named, its name says it already; what a coach wrote is no word of theirs.
    is_own = told.source is Source.TOLD and told.occupation_id is None
    pattern = "line_in_words" if is_own and told.words.casefold() != skill.casefold() else "line"
    return texts[pattern].format(skill=skill, facts=facts, words=told.words)

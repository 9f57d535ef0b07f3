"""`rasa data validate` exits 0 on most mistakes; these are the gate."""

import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.actions import all_actions
from bot.actions.taak_endings import COURSES
from connectors.notices import DomainWording
from counter.notices.model import FACTS
from counter.tasks.model import Item, TaskFlow
from counter.tasks.service import ASK, RESUME
from tests.architecture.dialogue import (
    BOT,
    PROJECT,
    action_source,
    domain_files,
    examples,
    names,
    payload,
    rules,
    variants,
)

SECTION_ORDER = [
    "version",
    "session_config",
    "intents",
    "entities",
    "slots",
    "forms",
    "actions",
    "responses",
]

# The names other parts rely on: never rename or merge them.
_INTENTS = """
groeten afscheid_nemen bedanken bevestigen ontkennen stoppen opnieuw_beginnen hulp_vragen ben_je_een_mens
niet_begrepen coach_spreken klacht_uiten compliment_geven andere_taal in_nood buiten_bereik
orienteren interessetest_doen skills_vertellen beroep_verkennen overstappen skills_paspoort
open_hiring_zoeken open_hiring_uitleg open_hiring_aanmelden open_hiring_status leerwerkplek_zoeken
ontslag_dreigt cursus_zoeken cursus_details cursus_bekostigen voucher_uitleg voucher_aanvragen voucher_status
ontwikkelrekening_inzien open_hiring_plaatsen personeel_zoeken personeel_uitlenen personeel_scholen
innoveren_mkb hybride_docent initiatief_zoeken gegevens_inzien gegevens_verwijderen privacy_uitleg
loket_contact gegeven_opgeven faq
"""
_ENTITIES = """
plaats regio postcode sector beroep vaardigheid niveau uren reisafstand vorm vouchersoort aanvraagnummer
kvk_nummer email telefoon naam aantal datum keuze
"""
FIXED_INTENTS = frozenset(_INTENTS.split())
FIXED_ENTITIES = frozenset(_ENTITIES.split())
MIN_EXAMPLES, MIN_FAQ_EXAMPLES, MIN_FAQ_KEYS = 25, 20, 40


@pytest.mark.parametrize("section", ["intents", "entities", "slots", "forms", "actions", "responses"])
def test_each_name_stands_in_one_domain_file_once(section: str) -> None:
    twice = [name for name, count in Counter(names(section)).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("stem", sorted(domain_files()))
def test_domain_files_keep_the_order_of_their_sections(stem: str) -> None:
    sections = list(domain_files()[stem])
    assert sections == [section for section in SECTION_ORDER if section in sections]


def test_a_domain_file_never_lies_under_data_where_rasa_half_reads_it() -> None:
    for file in (BOT / "data").rglob("*.yml"):
        sections = set(YAML(typ="safe").load(file) or {})
        assert sections <= {"version", "nlu", "rules", "stories"}, file


def test_every_slot_says_what_fills_it_and_whether_it_steers() -> None:
    for stem, content in domain_files().items():
        for name, slot in (content.get("slots") or {}).items():
            assert "mappings" in slot, (stem, name)
            assert "influence_conversation" in slot, (stem, name)


def test_every_fixed_name_is_there() -> None:
    assert set(names("intents")) >= FIXED_INTENTS
    assert set(names("entities")) >= FIXED_ENTITIES


def test_every_intent_has_examples_and_every_example_an_intent() -> None:
    spoken = {intent.split("/")[0] for intent in examples()}
    # Some things are only ever said by a button, or by the counter itself.
    pressed = {payload(button)[0] for variant in variants() for button in variant.buttons}
    assert spoken <= set(names("intents"))
    assert set(names("intents")) - spoken <= pressed | {RESUME}


def test_noor_knows_everything_a_coach_can_have_her_do() -> None:
    assert {ASK, RESUME, *TaskFlow} <= set(names("intents"))
    forms, actions = set(names("forms")), set(names("actions"))
    for flow in TaskFlow:
        assert COURSES[flow].form in forms
        assert COURSES[flow].last in actions
        assert f"utter_taak_doe_{flow.value}" in names("responses")
    for item in Item:
        assert f"utter_taak_vraag_{item.value}" in names("responses")


@pytest.mark.parametrize("intent", sorted(FIXED_INTENTS - {"faq"}))
def test_every_fixed_intent_has_enough_different_examples(intent: str) -> None:
    distinct = {example.lower() for example in examples().get(intent, ())}
    assert len(distinct) >= MIN_EXAMPLES


def test_every_faq_key_has_examples_and_an_answer_with_owner_source_and_review_date() -> None:
    keys = {intent for intent in examples() if intent.startswith("faq/")}
    assert len(keys) >= MIN_FAQ_KEYS
    answers = {variant.response.removeprefix("utter_"): variant for variant in variants()}
    for key in keys:
        assert len(set(examples()[key])) >= MIN_FAQ_EXAMPLES, key
        metadata = answers[key].content["metadata"]
        assert metadata["eigenaar"], key
        assert metadata["bron"], key
        assert date.fromisoformat(metadata["herzien_voor"]), key
    assert {name for name in answers if name.startswith("faq/")} == keys


def test_no_sentence_is_an_example_of_two_intents() -> None:
    seen: dict[str, str] = {}
    for intent, sentences in examples().items():
        for sentence in sentences:
            words = re.sub(r"\W+", " ", sentence.lower()).strip()
            other = seen.setdefault(words or sentence, intent)
            assert other == intent, sentence


def test_every_action_in_the_domain_exists_in_python_and_back() -> None:
    in_python = {action.name() for action in all_actions(_Anything())}  # type: ignore[arg-type]
    in_domain = {name for name in names("actions") if name.startswith(("action_", "validate_"))}
    assert in_domain == in_python


def test_every_step_of_a_rule_exists() -> None:
    known = {*names("intents"), *names("actions"), *names("responses"), *names("forms"), *names("slots")}
    known |= {"action_listen", "utter_faq", "nlu_fallback", "requested_slot"}
    for rule in rules():
        for step in rule["steps"]:
            for key in ("intent", "action", "active_loop"):
                if step.get(key) is not None:
                    assert step[key] in known, (rule.get("rule"), step)


def test_every_response_is_used_somewhere() -> None:
    steps = {step.get("action") for rule in rules() for step in rule["steps"]}
    asked = {
        question
        for content in domain_files().values()
        for form, definition in (content.get("forms") or {}).items()
        for slot in definition["required_slots"]
        for question in (f"utter_ask_{form}_{slot}", f"utter_ask_{slot}")
    }
    gateway = {name for name in names("responses") if name.startswith("utter_loket_")}
    # Actions compose these from a name: utter_uitleg_<slot>, utter_label_<intent> …
    composed = tuple(
        re.sub(r"\{.*", "", name) for name in re.findall(r'"(utter_[a-z_]*(?:\{[^"]*|_))"', action_source())
    )
    for name in set(names("responses")):
        is_used = (
            name in steps
            or name in asked
            or name in gateway
            or name.startswith("utter_faq/")
            or f'"{name}"' in action_source()
            or name.startswith(composed)
            # Of a sample the card says so, in a response of its own.
            or (name.endswith("_voorbeeld") and f'"{name.removesuffix("_voorbeeld")}"' in action_source())
        )
        assert is_used, name


def test_every_response_that_python_names_exists() -> None:
    # A name that ends in "_" is the beginning of one that is composed.
    named = set(re.findall(r'"(utter_[a-z0-9_]*[a-z0-9])"', action_source())) - {"utter_action"}
    assert named - set(names("responses")) == set()


def test_every_form_question_has_a_text() -> None:
    for content in domain_files().values():
        for form, definition in (content.get("forms") or {}).items():
            for slot in definition["required_slots"]:
                questions = {f"utter_ask_{form}_{slot}", f"utter_ask_{slot}", f"action_ask_{form}_{slot}"}
                assert questions & {*names("responses"), *names("actions")}, (form, slot)


def test_what_the_counter_tells_by_itself_is_worded_with_the_facts_that_come_with_it() -> None:
    wording = DomainWording({variant.response: [variant.content] for variant in variants()})
    for notice, facts in FACTS.items():
        told = wording(notice, {fact: f"<{fact}>" for fact in facts})
        assert told.text
        assert told.buttons
        for button in told.buttons:
            payload(dict(button))


def test_every_placeholder_is_a_slot_or_given_by_an_action() -> None:
    slots = set(names("slots"))
    notices = {f"utter_loket_{notice.value}" for notice in FACTS}
    for variant in variants():
        if variant.response in notices:
            continue  # not Rasa's to fill; the test above does
        for placeholder in re.findall(r"(?<!\{)\{([a-z_0-9]+)\}(?!\})", str(variant.content)):
            given = re.search(rf"\b{placeholder}=|['\"]{placeholder}['\"]", action_source())
            assert placeholder in slots or given, (variant.response, placeholder)


def test_every_button_leads_somewhere() -> None:
    for variant in variants():
        for button in variant.buttons:
            intent, entities = payload(button)
            assert intent.split("/")[0] in names("intents"), (variant.response, button)
            assert set(entities) <= set(names("entities")), (variant.response, button)


@pytest.mark.parametrize("file", sorted(BOT.rglob("*.yml")), ids=lambda file: str(file.relative_to(PROJECT)))
def test_reading_and_writing_a_file_changes_no_byte(file: Path) -> None:
    if "models" in file.parts or ".rasa" in file.parts:
        return
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    yaml.width = 4096
    written = io.StringIO()
    text = file.read_text(encoding="utf-8")
    yaml.dump(yaml.load(text), written)
    assert written.getvalue() == text


class _Anything:
    """Stands in for the counter where actions are built and not run."""

    def __getattr__(self, name: str) -> Any:
        return _Anything()

    def __call__(self, *_args: object, **_more: object) -> Any:
        return _Anything()

    def __iter__(self) -> Any:
        return iter(())

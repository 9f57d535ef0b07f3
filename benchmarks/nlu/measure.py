"""`bench nlu`: train both, let both read the same sentences, and say who understood more."""

import argparse
import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.nlu import comparison, metrics
from benchmarks.nlu.figures import BlindSet, Figures, Readings, Training, rights
from benchmarks.nlu.readings import Reader, Reading
from benchmarks.nlu.report import make_report, render
from benchmarks.nlu.sentences import Sentence, read_sentences
from benchmarks.nlu.training import FOLDER, Pipeline, trained
from benchmarks.table import REPORTS, table
from launcher.console import step
from launcher.places import BOT, PROJECT

SIDES = ("ours", "peer")
BLIND = PROJECT / "tests" / "nlu" / "blind"
SEED = 1
# Training examples, so that no blind sentence has been seen before its time is taken.
WARM_UP = 50
QUICK_EVERY = 5


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked of this bench."""
    parser.add_argument("--blind", type=Path, default=BLIND, metavar="FOLDER", help="the blind set")
    parser.add_argument("--seed", type=int, default=SEED, help="of the typos")
    parser.add_argument(
        "--examples",
        type=int,
        metavar="N",
        help="train both on at most N sentences of each intent; with all of them DIET takes over an hour",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"one in {QUICK_EVERY} sentences, and the models of an earlier run where nothing changed",
    )


def run(options: argparse.Namespace) -> None:
    """Measure both, print the tables and write the reports."""
    blind = BlindSet.open(options.blind, seed=options.seed, every=QUICK_EVERY if options.quick else 1)
    examples = _training_examples()
    print(_description(blind, examples), flush=True)
    if options.examples is not None:
        print(f"  Both learn from at most {options.examples} of each intent or question.", flush=True)
    pipelines = Pipeline.ours(options.examples), Pipeline.peer(options.examples)
    models = [trained(pipeline, again=not options.quick) for pipeline in pipelines]
    our_readings, peer_readings = _read(blind, models, [example.text for example in examples[:WARM_UP]])
    ours, peer = Figures.of(blind, our_readings), Figures.of(blind, peer_readings)
    lead = metrics.difference(
        rights(blind.inside, our_readings.inside), rights(blind.inside, peer_readings.inside)
    )
    print(f"\n{table(comparison.rows(ours, peer, lead))}\n\n{table(comparison.entity_rows(ours, peer))}\n")
    REPORTS.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    figures = {
        "at": now.isoformat(),
        "examples": options.examples,
        "ours": asdict(ours),
        "peer": asdict(peer),
        "lead": asdict(lead),
    }
    sentences = [*_outcomes(blind, our_readings, peer_readings)]
    _write(
        REPORTS / "nlu.json", json.dumps({**figures, "sentences": sentences}, ensure_ascii=False, indent=1)
    )
    page = render(make_report(blind, our_readings, ours, peer, now.astimezone().date()))
    _write(REPORTS / "nlu.html", page)


def _training_examples() -> list[Sentence]:
    return [
        sentence for file in sorted((BOT / "data").glob("*/nlu.yml")) for sentence in read_sentences(file)
    ]


def _description(blind: BlindSet, examples: Sequence[Sentence]) -> str:
    intents = len({sentence.intent for sentence in blind.inside})
    known = {example.text.casefold() for example in examples}
    repeated = sum(sentence.text.casefold() in known for sentence in blind.inside)
    marked = sum(len(example.entities) for example in examples)
    return (
        f"  {len(blind.inside)} blind sentences of {intents} intents "
        f"({repeated} are also training examples), {len(blind.outside)} out of scope.\n"
        f"  {len(examples)} training examples with {marked} entities marked in them: "
        "the peer learns entities from nothing else."
    )


def _read(
    blind: BlindSet, models: Sequence[tuple[Path, Training]], warm_up: Sequence[str]
) -> tuple[Readings, Readings]:
    """Let both read every sentence in turn, so that a busy moment of the machine hits both."""
    with _readers([model for model, _ in models]) as readers:

        def read(sentences: Sequence[Sentence]) -> list[list[Reading]]:
            return [list(side) for side in zip(*map(both, sentences), strict=True)]

        def both(sentence: Sentence) -> list[Reading]:
            return [reader.read(sentence.text) for reader in readers]

        for text in warm_up:
            for reader in readers:
                reader.read(text)
        count = 2 * len(blind.inside) + len(blind.outside)
        with step(f"Reading {count} sentences with both"):
            inside, misspelled, outside = map(read, (blind.inside, blind.misspelled, blind.outside))
        memory = [reader.finish() for reader in readers]
    ours, peer = (
        Readings(
            inside=inside[side],
            misspelled=misspelled[side],
            outside=outside[side],
            training=models[side][1],
            memory=memory[side],
        )
        for side in (0, 1)
    )
    return ours, peer


@contextlib.contextmanager
def _readers(models: Sequence[Path]) -> Iterator[list[Reader]]:
    with contextlib.ExitStack() as stack, step("Loading both models"):
        readers = []
        for side, model in zip(SIDES, models, strict=True):
            readers.append(Reader(model, FOLDER / f"{side}-read.log"))
            stack.callback(readers[-1].stop)
        ending = stack.pop_all()
    with ending:
        yield readers


def _outcomes(blind: BlindSet, ours: Readings, peer: Readings) -> Iterator[dict[str, Any]]:
    for name in ("inside", "misspelled", "outside"):
        for sentence, *both in zip(
            getattr(blind, name), getattr(ours, name), getattr(peer, name), strict=True
        ):
            readings = {
                side: {"label": reading.label, "confidence": round(reading.confidence, 4)}
                for side, reading in zip(SIDES, both, strict=True)
            }
            yield {"part": name, "text": sentence.text, "asked": sentence.label, **readings}


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    print(f"  {file.relative_to(PROJECT)}")

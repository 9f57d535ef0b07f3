"""`./loket bench NAME`."""

import argparse
import sys

from benchmarks.desk import measure as desk
from benchmarks.nlu import measure as nlu
from benchmarks.taxonomy import measure as taxonomy
from benchmarks.turn import measure as turn
from launcher.console import LauncherError, say


def main() -> int:
    """Run one benchmark."""
    parser = argparse.ArgumentParser(prog="./loket bench")
    names = parser.add_subparsers(metavar="NAME", required=True)
    for name, bench, text in (
        (
            "nlu",
            nlu,
            "how often Noor understands people, against Rasa's default pipeline",
        ),
        ("turn", turn, "how long people wait for an answer on the website, against stock Rasa"),
        ("desk", desk, "how long words take between a person and their coach, against asking every 2 s"),
        ("taxonomy", taxonomy, "how well and how fast words are found in ESCO, against published systems"),
    ):
        bench_parser = names.add_parser(name, help=text, description=text)
        bench.add_options(bench_parser)
        bench_parser.set_defaults(run=bench.run)
    options = parser.parse_args()
    try:
        options.run(options)
    except LauncherError as error:
        say(f"\n{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

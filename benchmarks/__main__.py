"""`./loket bench NAME`."""

import argparse
import asyncio
import sys

from benchmarks import turn

BENCHES = {"turn": turn.measure}


def main() -> int:
    """Run one benchmark."""
    parser = argparse.ArgumentParser(prog="./loket bench")
    parser.add_argument("name", choices=BENCHES, help="turn: a whole website turn against stock Rasa")
    options = parser.parse_args()
    asyncio.run(BENCHES[options.name]())
    return 0


if __name__ == "__main__":
    sys.exit(main())

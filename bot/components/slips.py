"""What fingers do wrong: from a word as it was typed to the words that may have been meant."""

from typing import Iterator, Set, Tuple

_LETTERS = "abcdefghijklmnopqrstuvwxyzéë"
# Every key of a Dutch (QWERTY) keyboard, followed by those around it.
_KEYS = (
    "qwa wqeas ewrsd retdf trygf ytuhg uyijh iuokj oiplk pol "
    "aqwsz sawedzx dserfxc fdrtgcv gftyhvb hgyujbn jhuiknm kjiolm lkop "
    "zasx xzsdc cxdfv vcfgb bvghn nbhjm mnjk"
)
_BESIDE = {keys[0]: keys[1:] for keys in _KEYS.split()}

# Of a hundred slips, so many are of this kind; "other" also holds what people do not know how to spell.
_SWAPPED, _MISSED, _DOUBLED, _KEY_BESIDE, _OTHER, _STRAY = 0.22, 0.24, 0.2, 0.2, 0.1, 0.04
_KEYS_AROUND = 6


def meant_by(typed: str) -> Iterator[Tuple[float, Set[str]]]:
    """Yield words one slip away from `typed` (lower case), with the probability of that slip.

    The likeliest kind of slip comes first; a later kind may give the same word again.
    """
    places = range(len(typed))
    halves = [(typed[:at], typed[at:]) for at in range(len(typed) + 1)]
    n = len(typed)
    yield _DOUBLED / n, {typed[:at] + typed[at + 1 :] for at in places[1:] if typed[at] == typed[at - 1]}
    yield _SWAPPED / n, {head + tail[1] + tail[0] + tail[2:] for head, tail in halves[:-2]}
    yield _MISSED / (n + 1), {head + letter + tail for head, tail in halves for letter in _LETTERS}
    yield (
        _KEY_BESIDE / (_KEYS_AROUND * n),
        {head + letter + tail[1:] for head, tail in halves[:-1] for letter in _BESIDE.get(tail[0], "")},
    )
    yield (
        _OTHER / (len(_LETTERS) * n),
        {head + letter + tail[1:] for head, tail in halves[:-1] for letter in _LETTERS},
    )
    yield _STRAY / (len(_LETTERS) * n), {head + tail[1:] for head, tail in halves[:-1]}


def two_slips(typed: str) -> float:
    """Return the probability of one pair of slips."""
    return _DOUBLED * _MISSED / (len(typed) * len(_LETTERS))

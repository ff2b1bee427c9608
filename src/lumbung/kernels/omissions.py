"""Whether a text is another one with parts left out, each gap marked where it is. Standard library only."""

import re

# What stands where something was left out.
GAPS = re.compile(r"•{2,}|\[…\]|\[\.\.\.\]")


def only_omits(original: str, shown: str) -> bool:
    """Tell whether `shown` is `original` with parts left out and nothing put in, changed or moved.

    original  the text as it was written
    shown     what is to be read instead; "•••" or "[…]" stands for each part left out
    returns   True when the pieces between the marks stand in the original, in order and whole; a text without a mark
              has to be the original. Runs of spaces and line breaks count as one space.
    """
    whole, (first, *rest) = _tidy(original), [_tidy(piece) for piece in GAPS.split(shown)]
    if not rest:
        return first == whole
    *middle, last = rest
    if not whole.startswith(first) or not whole.endswith(last):
        return False
    at, end = len(first), len(whole) - len(last)
    for piece in middle:
        found = whole.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end


def _tidy(text: str) -> str:
    return " ".join(text.split())

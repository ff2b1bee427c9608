"""Two people changed one draft: what each changed is kept, and where both changed the same field, both texts are shown.

Pure. Compares whole fields of a body; sentences are compared on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """What goes on in the form: mine, with what only they changed; and the fields both changed."""

    body: dict[str, Any]
    taken_over: tuple[str, ...]
    clashing: tuple[str, ...]


def merge(*, base: Body, mine: Body, theirs: Body) -> Merge:
    """Bring together what was typed (`mine`) and what was saved meanwhile (`theirs`), both begun from `base`.

    Where both changed a field differently, what was typed stays in the form and the field is named in `clashing`.
    """
    body, taken, clashing = dict(mine), [], []
    for key, saved in theirs.items():
        typed, begun = mine.get(key), base.get(key)
        if typed == saved:
            continue
        if typed == begun:
            body[key] = saved
            taken.append(key)
        elif saved != begun:
            clashing.append(key)
    return Merge(body, tuple(taken), tuple(clashing))

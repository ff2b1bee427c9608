"""Words whose salted hash the log holds: worked out anew where they stand, left out where they were hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lumbung.core.base import sealing
from lumbung.core.base.testimonies import Facts
from lumbung.modules.action_plan.models import Hiding
from lumbung.modules.action_plan.models.words import MARK

SALT_BYTES = 16


@dataclass(slots=True)
class HiddenWords:
    """Which words of a kind were taken out of sight: asked once for all rows of the kind, if any bears the mark."""

    kind: str
    _subjects: set[str] | None = None

    def hides(self, row: Any, text: str) -> bool:
        """Whether this text stands hidden, with its trace. Words that only look hidden were changed."""
        return text == MARK and str(row.pk) in self._known()

    def _known(self) -> set[str]:
        if self._subjects is None:
            hidden = Hiding.objects.filter(kind=self.kind).exclude(is_upheld=False)
            self._subjects = set(hidden.values_list("subject", flat=True))
        return self._subjects


def fact(name: str, text: str, salt: bytes | memoryview | None, *, is_hidden: bool) -> Iterator[tuple[str, str]]:
    """The fact that these words give; none where they are hidden and may be gone."""
    if not is_hidden:
        known = bytes(salt or b"")
        yield name, sealing.salted_hash(text, known) if len(known) == SALT_BYTES else ""


def signed(row: Any, hidden: HiddenWords) -> Facts:
    """What everything signed has in common."""
    return {
        "by": row.organisation_id,
        "words_hash": row.words_hash,
        **dict(fact("words", row.words, row.salt, is_hidden=hidden.hides(row, row.words))),
    }

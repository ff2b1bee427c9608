"""Under which name and key a size of the log was signed: one for ever, unless the log had to begin anew."""

from dataclasses import dataclass

from lumbung.core.log import signing
from lumbung.core.log.models import Beginning
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import Key


@dataclass(frozen=True, slots=True)
class Era:
    """A name, its key (None when nobody has it any more), the sizes signed under it, and how many entries were left."""

    origin: str
    key: Key | None
    first: int
    last: int | None = None
    left: int | None = None

    def covers(self, size: int) -> bool:
        """Whether this size was signed under this name."""
        return self.first <= size and (self.last is None or size <= self.last)

    def lost(self, size: int) -> bool:
        """Whether entries that this size covers were lost before the next name began."""
        return self.left is not None and size > self.left


def eras() -> list[Era]:
    """Every name of this log, the oldest first; the last one is open. Makes no key where there is none."""
    key = signing.log_key() if signing.has_key() else None
    begun = list(Beginning.objects.all())
    if not begun:
        return [Era(signing.origin(), key, 1)]
    old = begun[0]
    found = [Era(old.previous_origin, _key(old.previous_key), 1, old.boundary, old.entries_left)]
    for one, following in zip(begun, [*begun[1:], None], strict=True):
        ended = (following.boundary, following.entries_left) if following else (None, None)
        found.append(Era(one.origin, _key(one.key), one.boundary + 1, *ended))
    return found


def newest_beginning() -> Beginning | None:
    """The last time the log began anew; None when it never did."""
    return Beginning.objects.order_by("-pk").first()


def boundary() -> int:
    """Sizes up to this were signed under an earlier name."""
    begun = newest_beginning()
    return begun.boundary if begun else 0


def _key(text: str) -> Key | None:
    return signed_notes.read_key(text) if text else None

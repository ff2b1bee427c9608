"""What can be wrong with a log, each kind with its sentence, and where it was found.

Stored and passed on as "code where": the page says it in the language of whoever reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

BYTES, MISSING, TILE, BEFORE = "bytes-changed", "entry-missing", "tile-differs", "changed-before"
CUT, NO_PLACE, KEY_OTHER, KEY_GONE = "cut-off", "no-place", "key-signed-other", "key-missing"
SIGNATURE, TEXT, LOST = "signature-wrong", "note-differs", "lost-before"
DIFFERS, GONE, ADDED, SAID_TWICE = "object-differs", "object-gone", "object-added", "object-said-twice"
NOT_CONTINUED, SIGNED_MORE, RENAMED, ANOTHER_KEY = "not-continued", "key-signed-more", "name-changed", "another-key"

SENTENCES: Mapping[str, Promise] = {
    BYTES: _("its bytes and its hash differ"),
    MISSING: _("an entry before it is missing"),
    TILE: _("it differs from the entries it covers"),
    BEFORE: _("an entry before it was changed, added, removed or moved"),
    CUT: _("the log is shorter than this checkpoint: entries are gone"),
    NO_PLACE: _("it has no place in the log and does not wait for one"),
    KEY_OTHER: _("the key has signed another root for this size"),
    KEY_GONE: _("log-signing.key is missing: put it back to check this"),
    LOST: _("it covers entries that were lost before the log began anew"),
    SIGNATURE: _("it is not signed with the key of this log"),
    TEXT: _("the signed text tells another size or root"),
    DIFFERS: _("it differs from what the log says of it"),
    GONE: _("it is gone, and the log says it was there"),
    ADDED: _("the log does not know it: it was added to the database"),
    SAID_TWICE: _("the log says it a second time"),
    NOT_CONTINUED: _("the log no longer begins with it; run: lumbung verify"),
    SIGNED_MORE: _(
        "log-signing.key has signed entries that do not all stand here: this database is older, or another one. "
        "Restore a newer backup, see docs/howto/backup-and-restore.md; if there is none: lumbung new-log"
    ),
    RENAMED: _("the name of a log may not change (LUMBUNG_LOG_ORIGIN); after a real loss: lumbung new-log"),
    ANOTHER_KEY: _(
        "log-signing.key is not the key that signed it; put the old one back (LUMBUNG_KEYS); if it is lost: "
        "lumbung new-log"
    ),
}
SIGNS_AGAIN = "signs-again"  # kept after a fault that stopped the signing, once it is mended
# Found before signing, at once; the others by computing everything anew.
STOPS_SIGNING = frozenset({NOT_CONTINUED, SIGNED_MORE, RENAMED, ANOTHER_KEY})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit. `code` names the kind, `where` the object, `detail` what of it."""

    code: str
    where: str
    detail: str = ""

    def __str__(self) -> str:
        with override("en"):
            return told(self.stored)

    @property
    def stored(self) -> str:
        """As it is kept in a row."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.code} {self.where}{detail}"[:500]


def told(stored: str) -> str:
    """A kept fault in the language active now; what an older version kept stays in its own words."""
    code, _space, where = stored.partition(" ")
    sentence = SENTENCES.get(code)
    return stored if sentence is None else f"{where}: {sentence}"


def stops_signing(stored: str) -> bool:
    """Whether this fault was met when the log was to be signed."""
    return stored.partition(" ")[0] in STOPS_SIGNING

"""What to put into the addresses of the log when every route is asked."""

from typing import Any

from lumbung.core.log import actions, queries
from lumbung.core.log.models import Inconsistency, Peer, Witness
from lumbung.core.log.standalone.lumbung_witness import public_key
from lumbung.core.log.tests.conftest import NOW
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, NOTE_KEY, Key

KEY = Key("saksi.guard.example", COSIGNATURE_KEY, public_key(b"g" * 32)).text

POSTED = {"witnesses": {"title": "Forum Warga", "kind": "civil_society", "key": KEY}}
PEER = Key("log.guard.example/log", NOTE_KEY, public_key(b"i" * 32)).text


def samples(world: Any) -> dict[str, dict[str, object]]:
    """A signed log of whatever the world did, and a witness."""
    actions.extend(now=NOW)
    entry = queries.entry_at(0)
    assert entry is not None
    other = Key("saksi.lain.example", COSIGNATURE_KEY, public_key(b"h" * 32))
    witness, _made = Witness.objects.get_or_create(
        name=other.name,
        defaults={"title": "Forum Lain", "kind": "civil_society", "key": other.text, "since": NOW.date()},
    )
    peer, _made = Peer.objects.get_or_create(
        origin="log.guard.example/log",
        defaults={"title": "Kabupaten", "key": PEER, "address": "http://127.0.0.1:9/log", "since": NOW.date()},
    )
    facts = {"at": NOW, "kind": "fork", "earlier": "-", "later": "-"}
    kept, _made = Inconsistency.objects.get_or_create(peer=peer, later_size=1, later_root=bytes(32), defaults=facts)
    return {
        "log:index": {"own": 0, "missing": 9_999_999},
        "log:event_id": {"own": entry.uid, "missing": "00000000-0000-0000-0000-000000000000"},
        "log:file": {"own": "lumbung_verify.py", "missing": "settings.py"},
        "log-files:level": {"own": 0, "missing": 63},
        "log-files:number": {"own": "000.p/1", "missing": "999"},
        "log:inconsistency_id": {"own": kept.pk, "missing": 999_999},
        "witnesses:peer_id": {"own": peer.pk, "missing": 999_999},
        "witnesses:witness_id": {"own": witness.pk, "missing": 999_999},
    }

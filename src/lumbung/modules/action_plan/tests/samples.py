"""What the guards put into the addresses of the action plan: the illustrated plan and what stands in it."""

from tests.world import World

from lumbung.modules.action_plan.demo.plan import FOLLOWS, KEY

NOWHERE = "00000000-0000-0000-0000-000000000000"

POSTED = {
    "action_plan": {
        "key": "contoh-2030-2032",
        "title_id": "Rencana aksi contoh",
        "starts_on": "2030-01-01",
        "ends_on": "2032-12-31",
        "template": "ksb-four",
        "email": "warga@contoh.id",
        "title": "Laporan awal",
        "url": "https://contoh.id/laporan",
        "words": "Sudah dikerjakan sesuai rencana.",
        "licence": "open",
        "reason": "Forum sepakat melanjutkan lebih dahulu, syaratnya menyusul.",
    }
}


def samples(world: World) -> dict[str, dict[str, object]]:
    """Parameters of this module's addresses."""
    return {
        "plan_key": {"own": KEY, "missing": "tidak-ada"},
        "track": {"own": "ksb", "other": "ntb", "missing": "tidak-ada"},
        "stage": {"own": "proposal", "missing": "tidak-ada"},
        "exception_id": {"missing": NOWHERE},
        "monitored": {"own": FOLLOWS, "missing": "tidak-ada"},
        "said_kind": {"own": "akhir", "missing": "tidak-ada"},
        "report_id": {"missing": NOWHERE},
        "said_id": {"missing": NOWHERE},
        "practice_slug": {"missing": "tidak-ada"},
        "part": {"own": 1, "missing": 9},
    }

"""Short names become addresses and are never changed: what else stands at an address cannot be a name. Pure.

`tests/test_short_names.py` reads the addresses and says which word is missing here.
"""

import re

LONGEST = 60
SHORT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The text of the plan itself, as drafts, addresses and the log call it.
NARRATIVE = "rencana"
# First words of addresses beside `<slug>/`, and what stands for the plan where a commitment's name may stand.
TAKEN_FOR_COMMITMENTS = frozenset(
    {
        NARRATIVE,
        "plan",
        "susun",
        "kelola",
        "periode",
        "ikuti",
        "tiga-penilaian",
        "pembelajaran",
        "praktik-baik",
        "disembunyikan",
    }
)
# Words beside `kelola/<plan>/`.
TAKEN_FOR_PLANS = frozenset({"mulai"})


def is_short(name: str) -> bool:
    """Small letters, digits, single hyphens between them."""
    return len(name) <= LONGEST and SHORT.fullmatch(name) is not None

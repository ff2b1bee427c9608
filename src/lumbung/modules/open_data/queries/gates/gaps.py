"""What is missing, where, and how to mend it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing.

    place     where it is mended: "dataset", "activity", "indicators:0", "variables:<slug>:<column>", "tables",
              "table:<slug>", "personal:<slug>"
    sentence  what is missing and what to do, with params filled in when shown
    """

    place: str
    sentence: Promise | str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return str(self.sentence) % dict(self.params) if self.params else str(self.sentence)

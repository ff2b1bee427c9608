"""Addresses that were filed, and what was found there. Pages read this; only a job opens the addresses themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Model

from lumbung.modules.action_plan.models import AddressCapture, Commitment, FiledReport, OgpAnswer

Kind, Outcome = AddressCapture.Kind, AddressCapture.Outcome
FOUND = (Outcome.KEPT, Outcome.SAME, Outcome.CHANGED)
# Where the address of each kind stands.
COLUMNS: Mapping[str, tuple[type[Model], str]] = {
    Kind.REPORT: (FiledReport, "url"),
    Kind.ANSWER: (OgpAnswer, "url"),
    Kind.COMMITMENT: (Commitment, "public_url"),
}


@dataclass(frozen=True, slots=True)
class Filed:
    """One address that was filed, as it reads now."""

    kind: str
    subject: str
    plan_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of an address: the first capture, and the last look at it."""

    kept: AddressCapture | None
    last: AddressCapture

    @property
    def failed(self) -> bool:
        """Whether nothing was found the last time."""
        return self.last.outcome not in FOUND


def filed_address(kind: str, subject: str) -> Filed | None:
    """The address of one thing; illustrations are invented, and so are theirs."""
    model, column = COLUMNS[kind]
    rows = model._default_manager.filter(pk=subject, plan__is_illustration=False).exclude(**{column: ""})  # noqa: SLF001
    row = rows.values_list("plan_id", column).first()
    return Filed(kind, subject, *row) if row else None


def every_address() -> list[Filed]:
    """All of them."""
    return [
        Filed(kind, str(subject), plan_id, url)
        for kind, (model, column) in COLUMNS.items()
        for subject, plan_id, url in model._default_manager.filter(plan__is_illustration=False)  # noqa: SLF001
        .exclude(**{column: ""})
        .values_list("pk", "plan_id", column)
    ]


def captures_of(filed: Filed) -> list[AddressCapture]:
    """What was found at an address, the earliest first; another address of the same thing begins anew."""
    return list(AddressCapture.objects.filter(kind=filed.kind, subject=filed.subject, url=filed.url))


def looked_at(kind: str, rows: Iterable[Any]) -> dict[str, Looked]:
    """What is known of the addresses of these rows, by primary key; asks nothing where none has one."""
    wanted = {str(row.pk): getattr(row, COLUMNS[kind][1]) for row in rows}
    keys = [key for key, url in wanted.items() if url]
    found: dict[str, list[AddressCapture]] = {}
    for each in AddressCapture.objects.filter(kind=kind, subject__in=keys) if keys else ():
        if each.url == wanted[each.subject]:
            found.setdefault(each.subject, []).append(each)
    return {
        key: Looked(next((one for one in seen if one.outcome == Outcome.KEPT), None), seen[-1])
        for key, seen in found.items()
    }


def of_commitment(commitment: Commitment) -> Looked | None:
    """What is known of the address at OGP where a commitment stands; None where nobody has looked."""
    return looked_at(Kind.COMMITMENT, [commitment]).get(commitment.pk)


def due(*, before: datetime, soon: datetime, most: int) -> list[Filed]:
    """Addresses nobody looked at since `before`, and those never captured yet since `soon`; longest ago first."""
    seen = AddressCapture.objects.values_list("kind", "subject", "url").annotate(last=Max("captured_at")).order_by()
    last = {(kind, subject, url): at for kind, subject, url, at in seen}
    kept = set(AddressCapture.objects.filter(outcome=Outcome.KEPT).values_list("kind", "subject", "url"))
    waiting = []
    for filed in every_address():
        key = (filed.kind, filed.subject, filed.url)
        at = last.get(key)
        if at is None or at < (before if key in kept else soon):
            waiting.append((at.isoformat() if at else "", filed))
    return [filed for _at, filed in sorted(waiting, key=lambda pair: pair[0])[:most]]

"""Every route × method × object × role, asked for real, and judged by the route's policy."""

import csv
import fcntl
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from lumbung.core.access import registry
from lumbung.core.access.policies import Policy
from lumbung.site import demo
from tests.guards import snapshots
from tests.guards.routes import Route
from tests.guards.samples import Samples, arguments_of, posted_to
from tests.guards.tree import Problem
from tests.world import CITIZEN, GUEST, World

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
LOGIN = "masuk"


@dataclass(frozen=True)
class Cell:
    """What one role got for one method on one object of one route."""

    route: Route
    method: str
    kind: str
    role: str
    status: int
    location: str

    @property
    def told(self) -> str:
        """The cell as the snapshot shows it: 200, 302 to sign in, 302."""
        return f"{self.status}→{LOGIN}" if self._is_login else str(self.status)

    @property
    def _is_login(self) -> bool:
        return self.status in {301, 302, 303} and "/akun/login/" in self.location

    @property
    def where(self) -> str:
        return f"{self.method} {self.route.pattern} ({self.kind}) as {self.role}"


ROLES = (GUEST, CITIZEN, *(account.email.split("@")[0] for account in demo.ACCOUNTS))
# Beside the first account of each role: the same role in the other government or agency.
OF_OTHERS = frozenset({"koordinator.ksb", "pupr.ksb", "sekretariat.ksb"})


# A page open to everybody is asked as these two; the heavy run asks it as every role.
SEE_WHAT_IS_OPEN = frozenset({GUEST, "koordinator.ksb"})


def repeats(role: str) -> bool:
    """Whether a column repeats what others show: left to the heavy run."""
    first: dict[str, str] = {}
    for account in demo.ACCOUNTS:
        first.setdefault(account.role, account.email.split("@")[0])
    return role not in {GUEST, CITIZEN, *first.values(), *OF_OTHERS}


def is_sampled(route: Route, role: str) -> bool:
    """Whether the quick run asks this closed route as this role: a third of the pairs, the same everywhere."""
    return zlib.crc32(f"{route.name} {role}".encode()) % 3 == 0


def ask(route: Route, world: World, samples: Samples, role: str) -> Iterator[tuple[Cell, HttpResponseBase]]:
    """Ask one route in every way as one role, undoing each time what it changed."""
    for kind, arguments in arguments_of(route.name, route.parameters, samples).items():
        address = reverse(route.name, kwargs=arguments)
        for method in METHODS:
            if _is_asked(route, method, role):
                response = _asked(world.fresh(role), method, address, posted_to(route.name))
                location = response.headers.get("Location", "")
                yield Cell(route, method, kind, role, response.status_code, location), response


def _is_asked(route: Route, method: str, role: str) -> bool:
    # GET and POST as everyone. HEAD is GET without its body, and the method is looked at before the role: one
    # stranger and one account show that the others are refused.
    allowed = route.policy is None or method in route.policy.methods
    return (allowed and method != "HEAD") or role in {GUEST, ROLES[-1]}


def _asked(browser: Client, method: str, address: str, data: dict[str, str]) -> HttpResponseBase:
    cache.clear()  # the sign-in library counts attempts there; thousands of questions are no attack
    with transaction.atomic():
        response = browser.post(address, data) if method == "POST" else browser.generic(method, address)
        if getattr(response, "streaming", False):
            response.getvalue()
        transaction.set_rollback(True)
    return response


def verdict(cell: Cell) -> Problem | None:
    """What is wrong with a cell, by the policy of its route."""
    wrong = _wrong(cell)
    return Problem(cell.where, f"{cell.told}: {wrong}") if wrong else None


def _wrong(cell: Cell) -> str:
    policy = cell.route.policy
    if policy is None:
        return "the route has no policy"
    if cell.status >= 500:
        return "never a server error"
    if cell.method not in policy.methods:
        # An address that is not there may say so before the method is looked at; a library redirects first.
        fits = cell.status in {404, 405} or (not cell.route.is_ours and cell.status < 400)
        return "" if fits else f"the policy allows {', '.join(policy.methods)}"
    return "" if cell.status == 404 else _against(policy, cell)


def _against(policy: Policy, cell: Cell) -> str:
    wanted, sent_away = expected(policy, cell.role), cell.told.endswith(LOGIN)
    if wanted == "open":
        return "this role may enter" if sent_away and policy.kind != "public" else ""
    if wanted == LOGIN:
        return "" if sent_away else "strangers are sent to sign in"
    return "" if cell.status == 403 else f"no role of theirs has {policy.verb}, so 403"


def expected(policy: Policy, role: str) -> str:
    """open, refused or masuk (to sign in), as the policy says for a role."""
    if policy.kind == "public":
        return "open"
    if role in {GUEST, CITIZEN}:
        return LOGIN
    if policy.kind == "signed_in":
        return "open"
    held = {account.role for account in demo.ACCOUNTS if account.email.split("@")[0] == role}
    return "open" if held & registry.roles_with(policy.verb) else "refused"


def uncovered_roles() -> list[str]:
    """Roles nobody in the demonstration holds: the matrix would not see them."""
    return sorted({role.key for role in registry.all_roles()} - {account.role for account in demo.ACCOUNTS})


Key = tuple[str, str, str, str]


def column_of(cells: Iterable[Cell]) -> dict[Key, str]:
    """What one role got, by route, object, method and policy."""
    column = {}
    for cell in cells:
        policy = cell.route.policy
        if cell.method != "HEAD" and (policy is None or cell.method in policy.methods):
            asked = "-" if policy is None else policy.verb or policy.kind
            column[cell.route.pattern, cell.kind, cell.method, asked] = cell.told
    return column


def compare(path: Path, role: str, column: dict[Key, str], *, whole: bool = True) -> str:
    """What changed for one role since the matrix was stored; empty when nothing did, or when it was just written.

    whole  whether every route was asked; otherwise what was not asked is not missed
    """
    if os.environ.get(snapshots.REGENERATE):
        if whole:
            _write_column(path, role, column)
        return ""
    stored = _read(path)
    before = {key: row[role] for key, row in stored.items() if row.get(role) and (whole or key in column)}
    lines = [
        f"{' '.join(key)}: {before.get(key, 'not there')} before, {column.get(key, 'not there')} now"
        for key in dict.fromkeys([*before, *column])
        if before.get(key) != column.get(key)
    ]
    if not lines:
        return ""
    head = f"{path.name} changed for {role}. Meant? {snapshots.REGENERATE}=1 pytest tests/guards, and commit it."
    return "\n".join([head, *lines[:60]])


def _read(path: Path) -> dict[Key, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["route"], row["object"], row["method"], row["policy"]): row for row in csv.DictReader(file)}


def _write_column(path: Path, role: str, column: dict[Key, str]) -> None:
    # Roles are asked by several processes at once; each writes its own column while it holds the file.
    with path.open("a+", encoding="utf-8", newline="") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        stored = _read(path)
        file.truncate(0)
        writer = csv.DictWriter(file, [*HEAD, *ROLES], restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for key, told in column.items():
            writer.writerow(stored.get(key, {}) | dict(zip(HEAD, key, strict=True)) | {role: told})


HEAD = ("route", "object", "method", "policy")

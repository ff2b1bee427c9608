"""Writing organisations."""

import csv
import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.organisations import permissions, queries
from lumbung.core.organisations.events import (
    OrganisationAdded,
    OrganisationChanged,
    OrganisationEnded,
    OrganisationsLoaded,
)
from lumbung.core.organisations.models import Organisation

CODES_OF_PAGES = frozenset({"tambah"})  # /kelola/organisasi/tambah/ is the page that adds
COLUMNS = ["code", "name_id", "name_en", "kind", "agency_kind", "parent", "region", "valid_from"]


def load_organisations(*, path: Path, now: datetime) -> int:
    """Create or correct organisations from a CSV with the columns of COLUMNS; returns how many rows it has.

    Parents must stand above their children in the file.
    """
    content = path.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    with transaction.atomic():
        for row in rows:
            Organisation.objects.update_or_create(code=row["code"], defaults=_fields_of(row))
        events.record(
            OrganisationsLoaded(count=len(rows), sha256=hashlib.sha256(content).hexdigest()),
            subject_type="organisations",
            subject_id=path.stem[:64],
            actor=SYSTEM,
            now=now,
        )
    return len(rows)


def _fields_of(row: dict[str, str]) -> dict[str, object]:
    return {
        "name_id": row["name_id"],
        "name_en": row["name_en"],
        "kind": row["kind"],
        "agency_kind": row.get("agency_kind", ""),
        "parent_id": row["parent"] or None,
        "region_id": row["region"],
        "valid_from": date.fromisoformat(row["valid_from"]),
        "source": row.get("source", ""),
        "note": row.get("note", ""),
    }


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What an editor may say about an organisation; code, region and first day stay as they were added."""

    name_id: str
    name_en: str
    kind: str
    agency_kind: str
    parent: Organisation | None


def add_organisation(
    *, code: str, region_code: str, since: date, facts: OrganisationFacts, by: Viewer, now: datetime
) -> Organisation:
    """Add an organisation under a code nobody had before."""
    actor = permissions.editor(by)
    if code in CODES_OF_PAGES:
        raise _code_taken()
    with transaction.atomic():
        # One statement decides, so that of two who add at the same moment one is refused and none meets an error.
        added, is_new = Organisation.objects.get_or_create(
            code=code, defaults={"region_id": region_code, "valid_from": since, **_stored(facts)}
        )
        if not is_new:
            raise _code_taken()
        _tell(OrganisationAdded(code, facts.name_id, facts.kind, region_code, since.isoformat()), added, actor, now)
    return added


def _code_taken() -> Refused:
    return Refused("code-taken", _("This code belongs to another organisation. Choose another."), field="code")


def change_organisation(
    *, organisation: Organisation, facts: OrganisationFacts, by: Viewer, now: datetime, seen: str = ""
) -> Organisation:
    """Correct names, kind, duty or parent; an organisation never stands below itself.

    seen  the mark of the facts the editor had before them; none: whatever is stored is replaced
    """
    actor = permissions.editor(by)
    with transaction.atomic():
        # All of them, in one order: two who each put one below the other would make a circle.
        list(Organisation.objects.select_for_update().order_by("pk").values_list("pk"))
        current = Organisation.objects.get(pk=organisation.pk)
        _refuse_unseen(current, seen)
        _refuse_circle(current, facts)
        for field, value in _stored(facts).items():
            setattr(current, field, value)
        current.save()
        parent = facts.parent.pk if facts.parent else ""
        _tell(
            OrganisationChanged(current.pk, facts.name_id, facts.kind, facts.agency_kind, parent), current, actor, now
        )
    return current


def _refuse_unseen(current: Organisation, seen: str) -> None:
    if seen and seen != queries.mark_of(current):
        raise Refused(
            "changed-meanwhile",
            _("Somebody changed this after you opened the page. Read the history, then save again if yours is right."),
        )


def _refuse_circle(organisation: Organisation, facts: OrganisationFacts) -> None:
    parent = queries.by_code(facts.parent.pk) if facts.parent else None
    if parent is not None and organisation.pk in queries.codes_above(parent):
        raise Refused(
            "parent-below-itself",
            _("This organisation stands above the chosen parent. Choose another parent."),
            field="parent",
        )


def close_organisation(*, organisation: Organisation, on: date, by: Viewer, now: datetime) -> Organisation:
    """Give an organisation its last day, as an editor does."""
    actor = permissions.editor(by)
    if on <= organisation.valid_from:
        raise Refused(
            "ends-before-it-begins", _("The last day must lie after the first. Choose a later day."), field="on"
        )
    return end_organisation(organisation=organisation, on=on, actor=actor, now=now)


def _stored(facts: OrganisationFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _tell(event: Event, organisation: Organisation, actor: Actor, now: datetime) -> None:
    events.record(event, subject_type="organisation", subject_id=organisation.pk, actor=actor, now=now)


def end_organisation(*, organisation: Organisation, on: date, actor: Actor, now: datetime) -> Organisation:
    """Give an organisation its last day; what it did stays."""
    with transaction.atomic():
        current = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if current.valid_to is not None:
            raise Refused(
                "organisation-already-ended",
                _("This organisation ended on %(date)s. Nothing was changed."),
                date=current.valid_to,
            )
        current.valid_to = on
        current.save(update_fields=["valid_to"])
        _tell(OrganisationEnded(code=current.pk, ended_on=on.isoformat()), current, actor, now)
    return current

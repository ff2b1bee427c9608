"""Writing organisations."""

import csv
import hashlib
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations.events import OrganisationEnded, OrganisationsLoaded
from lumbung.core.organisations.models import Organisation

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


def end_organisation(*, organisation: Organisation, on: date, actor: Actor, now: datetime) -> Organisation:
    """Give an organisation its last day; what it did stays."""
    if organisation.valid_to is not None:
        raise Refused(
            "organisation-already-ended",
            _("This organisation ended on %(date)s. Nothing was changed."),
            date=organisation.valid_to,
        )
    with transaction.atomic():
        organisation.valid_to = on
        organisation.save(update_fields=["valid_to"])
        events.record(
            OrganisationEnded(code=organisation.pk, ended_on=on.isoformat()),
            subject_type="organisation",
            subject_id=organisation.pk,
            actor=actor,
            now=now,
        )
    return organisation

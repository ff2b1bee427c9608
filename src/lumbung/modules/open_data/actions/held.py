"""Tables of services that a gate holds back: a steward decides about a column, and stewards are told."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.access import queries as access
from lumbung.core.access import registry as roles
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import queries as datasets
from lumbung.core.datasets import registry
from lumbung.core.datasets.models import HeldBack
from lumbung.core.events import actions as events
from lumbung.core.jobs import actions as jobs
from lumbung.core.notices import actions as notices
from lumbung.core.notices.letters import Letter
from lumbung.core.notices.recipients import Topic
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.events import PersonalColumnDecided
from lumbung.modules.open_data.models import DeclaredDecision
from lumbung.modules.open_data.queries import declared
from lumbung.modules.open_data.queries.gates.declared import undecided

SUBJECT = "declared_table"
TOPIC = "open_data.held"
NOT_PERSONAL = "not_personal"


def decide_column(
    *, key: str, portal: Portal, column: str, kind: str, reason: str, by: Viewer, now: datetime
) -> DeclaredDecision:
    """Say why a column of a declared table is no personal data; once nothing is undecided, the table is published."""
    held_role = permissions.required_at(by, permissions.CHECK, region_code=portal.region_id)
    held = datasets.held_back(key, portal.region_id)
    open_findings = undecided(key, portal.region_id, held.details.get("findings", [])) if held else []
    if not any((each["column"], each["kind"]) == (column, kind) for each in open_findings):
        raise Refused("nothing-to-decide", _("Somebody decided about this column already. Reload the page."))
    if not reason.strip():
        raise Refused("decision-needs-a-reason", _("Say why this column is no personal data."), field="reason")
    with transaction.atomic():
        decision = DeclaredDecision.objects.create(
            dataset_key=key,
            place=portal.region_id,
            column=column,
            kind=kind,
            reason=reason.strip(),
            decided_by_id=permissions.account_id_of(by),
            decided_at=now,
        )
        event = PersonalColumnDecided(dataset=key, table=declared.SLUG, column=column, kind=kind, choice=NOT_PERSONAL)
        subject = f"{key}:{portal.region_id}"
        events.record(event, subject_type=SUBJECT, subject_id=subject, actor=by.acting_as(held_role), now=now)
        if len(open_findings) == 1:
            jobs.enqueue("datasets.publish", now=now, dataset_key=key, place=portal.region_id)
    return decision


def tell_stewards(*, held_id: int, now: datetime) -> None:
    """Tell those who check data that a table waits for them."""
    held = HeldBack.objects.get(pk=held_id)
    able = [role.key for role in roles.all_roles() if permissions.CHECK in role.verbs]
    for portal in declared.portals_at(held.place):
        for account in access.accounts_with(able, day=clock.local_day(now), region_code=portal.region_id):
            notices.tell_account(
                account=account,
                kind=TOPIC,
                occasion=f"held:{held.pk}",
                write=lambda portal=portal: _letter(held, portal),  # type: ignore[misc]
                topic=Topic(TOPIC),
                now=now,
            )


def _letter(held: HeldBack, portal: Portal) -> Letter:
    language = "en" if (translation.get_language() or "").startswith("en") else "id"
    title = str(registry.get(held.dataset_key).title)
    address = reverse("open_data:held", kwargs={"portal_slug": portal.slug, "key": held.dataset_key})
    return Letter(
        subject=_("A table was not published: %(title)s") % {"title": title},
        paragraphs=(
            str(held.reason[language]),
            _("What was published before stays public. The table is compared with its records again every night."),
        ),
        links=((_("Open it on the data desk"), address),),
    )

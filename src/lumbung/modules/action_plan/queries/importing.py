"""What a file may name here, and what of it a person may take over."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.indicators import registry
from lumbung.core.organisations import queries as organisations
from lumbung.modules.action_plan import names, permissions, shape
from lumbung.modules.action_plan.models import Commitment, Draft, Plan, PlanMember, Term
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row, plain


def known_for(plan: Plan, *, language: str, day: date) -> Known:
    """Names and codes that stand for something in this plan."""
    lead = plan.members.select_related("organisation").get(is_lead=True)
    registered = organisations.listed_in(lead.organisation.region_id, day=day)
    terms = Term.objects.filter(scale=Term.Scale.OGP_VALUE)
    members = plan.members.select_related("organisation")
    return Known(
        organisations=_names((each.pk, (each.pk, each.name_id, each.name_en)) for each in registered),
        values=_names((term.key, (term.key, term.label_id, term.label_en)) for term in terms),
        members=_names(
            (each.organisation_id, (each.organisation_id, each.organisation.name_id, each.organisation.name_en))
            for each in members
        ),
        indicators=frozenset(each.key for each in registry.all_indicators()),
        language=language,
    )


def _names(told: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    return {plain(name): key for key, names in told for name in names}


def members_written_by(viewer: Viewer, plan: Plan) -> list[PlanMember]:
    """The members whose drafts this person writes."""
    members = plan.members.select_related("organisation")
    return [each for each in members if permissions.role_in_member(viewer, permissions.DRAFT, each) is not None]


def checked(rows: Sequence[Row], plan: Plan, viewer: Viewer, *, member: PlanMember) -> tuple[list[Row], list[Row]]:
    """The rows this person may take over, and those that are another member's. Rows without a member are `member`'s."""
    mine = {each.organisation_id for each in members_written_by(viewer, plan)}
    taken = set(Draft.objects.exclude(slug="").values_list("slug", flat=True))
    taken |= set(Commitment.objects.values_list("slug", flat=True)) | names.TAKEN_FOR_COMMITMENTS
    numbers = set(
        Draft.objects.filter(plan=plan, withdrawn_at__isnull=True).values_list("member__organisation", "number")
    )
    kept, others = [], []
    for row in rows:
        row.member = row.member or member.organisation_id
        if row.kind == Draft.Kind.COMMITMENT and row.member not in mine:
            others.append(row)
            continue
        if row.kind == Draft.Kind.COMMITMENT:
            _name_free(row, taken, has_own_name=row.number is not None)
            if (row.member, row.number) in numbers:
                row.errors.append(Note(_("Number %(number)s is given already."), {"number": row.number}))
        row.errors += _unkept(row)
        kept.append(row)
    return kept, others


def _unkept(row: Row) -> list[Note]:
    """What a draft would refuse, or its form would lose."""
    wrong = [
        Note(_("%(part)s: the end lies before the beginning. Correct the dates."), {"part": part})
        for part in shape.disordered(row.body)
    ]
    for field in shape.fields_of(row.kind):
        entries = row.body[field.key]
        if field.kind in {"milestones", "institutions", "indicators"} and len(entries) > shape.MOST_ENTRIES:
            params = {"field": field.label, "count": len(entries), "most": shape.MOST_ENTRIES}
            wrong.append(Note(_("%(field)s: %(count)s entries; at most %(most)s are kept."), params))
    return wrong


def _name_free(row: Row, taken: set[str], *, has_own_name: bool) -> None:
    """A short name nobody has; one that comes with the file is never changed."""
    wanted = row.slug or "komitmen"
    if has_own_name and wanted in taken:
        row.errors.append(Note(_("The short name “%(name)s” is given already."), {"name": wanted}))
    suffix = 2
    while wanted in taken and not has_own_name:
        wanted, suffix = f"{row.slug[:56]}-{suffix}", suffix + 1
    row.slug = wanted
    taken.add(wanted)

"""What is enacted, who stands behind it, and what the head of region is about to enact."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import formats, translation

from lumbung.core.access.viewers import Viewer
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import permissions, shape, states
from lumbung.modules.action_plan.models import (
    Commitment,
    Consultation,
    Draft,
    DraftVersion,
    Enactment,
    Endorsement,
    Freeze,
    LegalProduct,
    Plan,
    PlanMember,
    Seat,
)
from lumbung.modules.action_plan.queries import drafted_record, drafts, enacted_record
from lumbung.modules.action_plan.queries.drafted_record import Record

# The check that says in which stage a member enacts (data/stages.toml).
CHECK = "plan_enacted"
GOVERNMENT = (
    Organisation.Kind.AGENCY,
    Organisation.Kind.INSPECTORATE,
    Organisation.Kind.VILLAGE,
    Organisation.Kind.POSYANDU,
    Organisation.Kind.NATIONAL,
)


def newest_freeze(member: PlanMember) -> Freeze | None:
    """The text people were shown last."""
    return Freeze.objects.filter(member=member).order_by("-number").first()


def is_current(freeze: Freeze) -> bool:
    """Whether a frozen text is what the member's drafts say now: nothing saved, begun or withdrawn since."""
    member = PlanMember.objects.select_related("plan").get(pk=freeze.member_id)
    return freeze.sha256 == drafts.hash_of(drafts.newest_versions(member))


def untested_in(freeze: Freeze) -> list[DraftVersion]:
    """Commitments of a frozen text that were not in the text of the last public test; none where there was no test."""
    test = Consultation.objects.filter(member=freeze.member_id).order_by("-closes_on").first()
    if test is None:
        return []
    asked = set(test.freeze.versions.values_list("draft", flat=True))
    found = freeze.versions.select_related("draft").filter(draft__kind=Draft.Kind.COMMITMENT)
    return [each for each in found if each.draft_id not in asked]


def enactment_of(member: PlanMember) -> Enactment | None:
    """The member's enactment, once there is one."""
    return Enactment.objects.select_related("member__organisation", "freeze", "decree").filter(member=member).first()


def enactments_of(plan: Plan) -> list[Enactment]:
    """Every enactment of the plan, by member."""
    known = Enactment.objects.select_related("member__organisation", "member__plan", "freeze", "decree")
    return list(known.filter(member__plan=plan).order_by("member__position"))


def is_enacted_whole(plan: Plan) -> bool:
    """Whether every member has enacted its part."""
    return not plan.members.filter(enactment__isnull=True).exists()


def decrees_of(member: PlanMember) -> list[LegalProduct]:
    """Decrees in force that enact this member's part."""
    in_force = (LegalProduct.State.ENACTED, LegalProduct.State.PROMULGATED)
    return list(
        LegalProduct.objects.filter(member=member, about=LegalProduct.About.ENACTMENT, state__in=in_force).order_by(
            "-dated_on"
        )
    )


def decrees_of_amendments(member: PlanMember) -> list[LegalProduct]:
    """Decrees in force by which this member's text may be changed: dated after the one that enacted it."""
    enacted = enactment_of(member)
    if enacted is None:
        return []
    about = (LegalProduct.About.ENACTMENT, LegalProduct.About.OTHER)
    known = LegalProduct.objects.filter(member=member, about__in=about, dated_on__gt=enacted.decree.dated_on)
    return list(known.exclude(state=LegalProduct.State.DRAFT).order_by("-dated_on"))


def members_enacted(plan: Plan) -> set[int]:
    """Keys of the members that have enacted their part."""
    return set(Enactment.objects.filter(member__plan=plan).values_list("member_id", flat=True))


def members_with_decree(plan: Plan) -> set[int]:
    """Keys of the members with a decree in force that enacts their part."""
    known = LegalProduct.objects.filter(plan=plan, about=LegalProduct.About.ENACTMENT)
    return set(known.exclude(state=LegalProduct.State.DRAFT).values_list("member_id", flat=True))


def decree_words(decree: LegalProduct) -> str:
    """A decree in one line, kept with what it enacts."""
    # In Indonesian, whoever reads: it is kept as a source, like the sources of the plan of 2021.
    with translation.override("id"):
        day = formats.date_format(decree.dated_on, "j F Y") if decree.dated_on else ""
        return f"{decree.get_kind_display()} {decree.number}, {day}: {decree.subject}"[:300]


def stage_of_enactment(member: PlanMember) -> states.Stage | None:
    """The stage in which this member enacts."""
    stages = states.templates()[member.template].stages if member.template else ()
    return next((stage for stage in stages if any(each.check == CHECK for each in stage.requirements)), None)


def record_to_enact(freeze: Freeze) -> Record:
    """The record of a frozen part, every body in its one form."""
    versions = freeze.versions.select_related("draft__member__organisation")
    member = PlanMember.objects.select_related("plan", "organisation").get(pk=freeze.member_id)
    return enacted_record.settled_record(drafted_record.record_of(member, versions))


def gaps_of(record: Record) -> list[tuple[str, str, str]]:
    """What a record lacks: (object, field, part)."""
    told = [("plan", str(record["plan"]), record["narrative"])] if record["narrative"] is not None else []
    told += [("commitment", each["slug"], each["body"]) for each in record["commitments"]]
    return [
        (name, str(field), str(part or "")) for kind, name, body in told for field, part in shape.missing(kind, body)
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's part: the version shown last, who stands behind it, and its enactment."""

    member: PlanMember
    freeze: Freeze | None
    endorsements: tuple[Endorsement, ...]
    enactment: Enactment | None
    decrees: tuple[LegalProduct, ...]


def standings_of(plan: Plan) -> list[Standing]:
    """Every member's part."""
    found = []
    for member in plan.members.select_related("organisation", "plan"):
        frozen = newest_freeze(member)
        found.append(
            Standing(
                member,
                frozen,
                tuple(endorsements_of(frozen)) if frozen else (),
                enactment_of(member),
                tuple(decrees_of(member)),
            )
        )
    return found


def endorsements_of(freeze: Freeze) -> list[Endorsement]:
    """Who stands behind this version."""
    return list(Endorsement.objects.filter(freeze=freeze).select_related("organisation"))


def seat_of(viewer: Viewer, member: PlanMember) -> Seat | None:
    """The seat outside government through which this viewer's organisation may endorse, None if there is none."""
    seats = Seat.objects.filter(member=member, state=Seat.State.SEATED, organisation__isnull=False)
    for seat in seats.exclude(sector=Seat.Sector.GOVERNMENT).select_related("organisation"):
        if permissions.contributing_for(viewer, seat.organisation_id or ""):
            return seat
    return None


def outside_government() -> QuerySet[Organisation]:
    """Registered organisations that are no government."""
    return Organisation.objects.exclude(kind__in=GOVERNMENT).order_by("name_id")


def enacted_commitments_of(plan: Plan) -> list[Commitment]:
    """The enacted commitments of a plan, by member and number."""
    known = Commitment.objects.filter(plan=plan).select_related("member__organisation", "plan")
    return list(known.order_by("member__position", "number"))


def enacted_commitment(plan: Plan, slug: str) -> Commitment | None:
    """One of them."""
    return Commitment.objects.filter(plan=plan, pk=slug).select_related("member__organisation", "plan").first()


def commitment_choices(plan: Plan) -> list[tuple[str, str]]:
    """Slug and title of each commitment of a plan, enacted or drafted."""
    known = [(each.pk, each.short) for each in enacted_commitments_of(plan)]
    drafted = [version for member in plan.members.all() for version in drafts.newest_versions(member)]
    told = {slug for slug, _title in known}
    return known + [
        (version.draft.slug, drafts.title_of(version))
        for version in drafted
        if version.draft.slug and version.draft.slug not in told
    ]

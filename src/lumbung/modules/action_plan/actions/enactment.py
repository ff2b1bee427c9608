"""Endorsing a frozen text, and enacting it: from then on it is changed by amendments only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions, states
from lumbung.modules.action_plan.actions import materialising, papers
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.events.enactment import PlanEnacted, PlanEndorsed
from lumbung.modules.action_plan.models import Enactment, Endorsement, Freeze, LegalProduct, PlanMember, Seat
from lumbung.modules.action_plan.queries import claims, drafted_record, drafts, enacted_record, rewordings
from lumbung.modules.action_plan.queries import enactment as enactments
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries.drafted_record import Record


@dataclass(frozen=True, slots=True)
class EndorsementFacts:
    """What a signed paper says: who stands behind the text, since when."""

    institution: str
    sector: str
    on: date
    organisation: Organisation | None = None
    note: str = ""


def register_endorsement(
    *, freeze: Freeze, facts: EndorsementFacts, upload: Upload | None, by: Viewer, now: datetime
) -> Endorsement:
    """Enter an endorsement from a signed paper; the paper is kept beside it for everybody to see."""
    member = freeze.member
    held = permissions.required_in_member(by, permissions.MANAGE, member)
    if upload is None:
        raise Refused(
            "endorsement-without-paper",
            _("An endorsement is entered with its signed paper. Choose the document."),
            field="document",
        )
    is_government = facts.organisation is not None and facts.organisation.kind in enactments.GOVERNMENT
    if facts.sector == Seat.Sector.GOVERNMENT or is_government:
        raise Refused(
            "endorsement-from-government",
            _("An endorsement comes from outside government. Choose another one."),
            field="sector",
        )
    for field in ("institution", "note"):
        public_words.refuse_personal_data(field, getattr(facts, field))
    if facts.on > clock.local_day(now):
        raise Refused("endorsement-in-the-future", _("This day has not come yet. Correct the date."), field="on")
    if facts.on < clock.local_day(freeze.frozen_at):
        raise Refused(
            "endorsement-before-the-text",
            _("The text was frozen on a later day, so nobody can have stood behind it then. Correct the date."),
            field="on",
        )
    _refuse_monitor(member, facts)
    written = papers.write(upload)
    with transaction.atomic():
        _newest(freeze)
        made = _endorse(freeze, facts, Endorsement.Manner.PAPER, by, now)
        made.document = papers.keep(written, title=f"Dukungan {made.name}", now=now)
        event = _endorsed(made)
        made.save(update_fields=["document", "salt"])
        events.record(event, subject_type="plan", subject_id=member.plan_id, actor=by.acting_as(held), now=now)
        return made


def endorse(*, freeze: Freeze, note: str, by: Viewer, now: datetime) -> Endorsement:
    """The organisation itself stands behind the text, through its own member of the forum."""
    member = freeze.member
    seat = enactments.seat_of(by, member)
    held = permissions.contributing_for(by, seat.organisation_id or "") if seat else None
    public_words.refuse_personal_data("note", note)
    if seat is None or held is None:
        raise NotPermitted(
            "no-seat-to-endorse-from",
            _("Endorsing is for organisations outside government that hold a seat in this forum."),
        )
    facts = EndorsementFacts("", seat.sector, clock.local_day(now), seat.organisation, note)
    _refuse_monitor(member, facts)
    with transaction.atomic():
        _newest(freeze)
        made = _endorse(freeze, facts, Endorsement.Manner.PRESSED, by, now)
        event = _endorsed(made)
        made.save(update_fields=["salt"])
        events.record(event, subject_type="plan", subject_id=member.plan_id, actor=by.acting_as(held), now=now)
        return made


def _refuse_monitor(member: PlanMember, facts: EndorsementFacts) -> None:
    """Whoever monitors judges the plan later, and stands behind none of its texts."""
    monitors = Organisation.objects.filter(pk__in=permissions.monitors_of(member.plan, member))
    names = {name.casefold() for each in monitors for name in (each.pk, each.name_id, each.name_en)}
    if facts.organisation in monitors or facts.institution.strip().casefold() in names:
        raise Refused(
            "endorsement-from-the-monitor",
            _("Whoever monitors this part of the plan does not stand behind its text. Choose another institution."),
            field="organisation",
        )


def _newest(freeze: Freeze) -> None:
    PlanMember.objects.select_for_update().get(pk=freeze.member_id)
    newest = enactments.newest_freeze(freeze.member)
    if newest is None or newest.pk != freeze.pk:
        raise Refused("not-the-newest-version", _("A newer version was frozen meanwhile. Read that one first."))


def _endorse(freeze: Freeze, facts: EndorsementFacts, manner: str, by: Viewer, now: datetime) -> Endorsement:
    known = Endorsement.objects.filter(freeze=freeze)
    same = (
        known.filter(organisation=facts.organisation)
        if facts.organisation
        else known.filter(institution__iexact=facts.institution)
    )
    if same.exists():
        raise Refused("endorsed-already", _("This institution already stands behind this version."))
    return Endorsement.objects.create(
        member=freeze.member,
        freeze=freeze,
        organisation=facts.organisation,
        institution="" if facts.organisation else facts.institution,
        sector=facts.sector,
        manner=manner,
        on=facts.on,
        note=facts.note,
        entered_at=now,
        entered_by=permissions.account_of(by),
    )


def _endorsed(made: Endorsement) -> PlanEndorsed:
    """What the log is told; gives the row the salt of its hashes."""
    name_hash, made.salt = papers.hashed(made.institution)
    note_hash, _salt = papers.hashed(made.note, made.salt)
    return PlanEndorsed(
        plan=made.member.plan_id,
        member=made.member.organisation_id,
        institution=made.organisation_id or "",
        sector=made.sector,
        manner=made.manner,
        version=made.freeze.number,
        endorsement=str(made.pk),
        given_on=made.on.isoformat(),
        sha256=made.document.sha256 if made.document else "",
        name_hash=name_hash,
        note_hash=note_hash,
    )


def enact(*, member: PlanMember, decree: LegalProduct, seen_sha256: str, by: Viewer, now: datetime) -> Enactment:
    """Enact a member's frozen part. `seen_sha256` is the hash the head of region saw; another text refuses."""
    held = permissions.required_in_member(by, permissions.ENACT, member)
    with transaction.atomic():
        PlanMember.objects.select_for_update().get(pk=member.pk)
        _refuse_early(member, decree)
        frozen = enactments.newest_freeze(member)
        if frozen is None:
            raise Refused("nothing-is-frozen", _("No draft is frozen yet. The secretariat freezes the drafts first."))
        _refuse_text(member, frozen, decree)
        record = enactments.record_to_enact(frozen)
        if drafted_record.record_sha256(record) != seen_sha256:
            raise Refused(
                "text-changed-since", _("The text changed since you looked at it. Read it again, then enact.")
            )
        materialising.require_fit(record)
        decree_words = enactments.decree_words(decree)
        materialising.write(member=member, record=record, source=decree_words, actor=by.acting_as(held), now=now)
        made = _enactment(member, frozen, decree, record, by, now)
        _require_the_same(made, record)
        event = PlanEnacted(
            plan=member.plan_id,
            member=member.organisation_id,
            version=frozen.number,
            decree_number=decree.number,
            decree_date=decree.dated_on.isoformat() if decree.dated_on else "",
            sha256=made.sha256,
            objects=made.objects_said,
        )
        events.record(event, subject_type="plan", subject_id=member.plan_id, actor=by.acting_as(held), now=now)
        return made


def _refuse_early(member: PlanMember, decree: LegalProduct) -> None:
    if enactments.enactment_of(member) is not None:
        raise Refused("enacted-already", _("This part of the plan is enacted already."))
    if decree.pk not in {each.pk for each in enactments.decrees_of(member)}:
        raise Refused(
            "decree-not-in-force", _("Choose a decree that is in force and enacts this plan."), field="decree"
        )
    stage = enactments.stage_of_enactment(member)
    standing = standings.track_standing(member.plan, member)
    earlier = [each for each in standing.stages if each.passage is None]
    if stage is not None and earlier and earlier[0].stage.key != stage.key:
        raise Refused(
            "stages-before-enactment",
            _("The plan stands in the stage “%(stage)s”. It is enacted once the stages before are passed."),
            stage=earlier[0].stage.title,
        )


def _refuse_text(member: PlanMember, frozen: Freeze, decree: LegalProduct) -> None:
    """What is enacted is what the drafts say, what people were asked about, what fits, and what the decree means."""
    if not enactments.is_current(frozen):
        raise Refused(
            "frozen-text-is-not-current",
            _("A draft was saved, begun or withdrawn since version %(number)s was frozen. Freeze the drafts again."),
            number=frozen.number,
        )
    for version in enactments.untested_in(frozen):
        raise Refused(
            "commitment-was-not-tested",
            _("“%(title)s” was not in the public test. Put it to another one, or withdraw the draft."),
            title=drafts.title_of(version),
        )
    for reworded in rewordings.unanswered(member):
        raise Refused(
            "rewording-without-answer",
            _("“%(title)s”: this part says something else than in the public test, and no answer names it: %(part)s."),
            title=reworded.title,
            part=reworded.field.label,
        )
    if decree.dated_on is not None and decree.dated_on < clock.local_day(frozen.frozen_at):
        raise Refused(
            "decree-before-the-text",
            _("The decree is older than the text it would enact. Choose one dated after the text was frozen."),
            field="decree",
        )
    most, count = states.rules().most_commitments(member.plan.members.count()), drafts.count_commitments(member.plan)
    if count > most:
        raise Refused(
            "too-many-commitments",
            _("The plan may hold at most %(most)s commitments; this one has %(count)s. Withdraw drafts first."),
            most=most,
            count=count,
        )


def _enactment(
    member: PlanMember, frozen: Freeze, decree: LegalProduct, record: Record, by: Viewer, now: datetime
) -> Enactment:
    body = drafted_record.canonical_bytes(record)
    sha256 = drafted_record.record_sha256(record)
    made = Enactment(
        member=member,
        freeze=frozen,
        decree=decree,
        decree_words=enactments.decree_words(decree),
        enacted_at=now,
        enacted_by=permissions.account_of(by),
        body=body,
        sha256=sha256,
    )
    made.objects_said = enacted_record.objects_of(record) | {claims.name_of_part(made): sha256}
    made.save(force_insert=True)
    return made


def _require_the_same(made: Enactment, record: Record) -> None:
    """The rows say what was enacted, or nothing is enacted at all."""
    member = PlanMember.objects.select_related("plan").get(pk=made.member_id)
    told = enacted_record.enacted_record(member)
    if told != record:
        different = [
            name for name, sha in made.objects_said.items() if enacted_record.objects_of(told).get(name) != sha
        ]
        raise RuntimeError(f"rows of {', '.join(different)} do not say what was enacted (action_plan.enactment)")

"""How far a plan is on its way to OGP: notes of the national secretariat, files, web form, submission."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.modules.action_plan.events.submission import PlanExported
from lumbung.modules.action_plan.models import (
    Amendment,
    Commitment,
    Enactment,
    Export,
    Plan,
    PlanMember,
    Review,
    ReviewNote,
    Submission,
    WebFormEntry,
)
from lumbung.modules.action_plan.queries import amendments, drafted_record, enactment
from lumbung.modules.action_plan.queries.printed import Line

PLAN = "plan"


def plan_sha256(plan: Plan) -> str:
    """The hash every export prints: of the record as it stands, enacted text with its amendments."""
    return drafted_record.record_sha256(amendments.current_record(plan))


def exports_of(plan: Plan) -> list[Export]:
    """The newest making of every file, without the bytes."""
    newest = newest_export_number(plan)
    if newest is None:
        return []
    return _in_order(Export.objects.filter(plan=plan, number=newest).defer("content"))


@dataclass(frozen=True, slots=True)
class Making:
    """The files made at one time, of one text of the plan, and the entry of the log that names them."""

    number: int
    made_at: datetime
    plan_sha256: str
    exports: tuple[Export, ...]
    event_id: str


def makings_of(plan: Plan) -> list[Making]:
    """Every making, the newest first: whoever holds a file of an earlier one finds it here too."""
    told = [each for each in events.history_of("plan", plan.pk) if each.key == PlanExported.key]
    entries = {each.data["number"]: each.uid for each in told}
    made: dict[int, list[Export]] = {}
    for each in Export.objects.filter(plan=plan).defer("content"):
        made.setdefault(each.number, []).append(each)
    return [
        Making(number, files[0].made_at, files[0].plan_sha256, tuple(_in_order(files)), entries.get(number, ""))
        for number, files in sorted(made.items(), reverse=True)
    ]


def _in_order(made: Iterable[Export]) -> list[Export]:
    return sorted(made, key=lambda each: (Export.Kind.values.index(each.kind), each.language != "id"))


def newest_export_number(plan: Plan) -> int | None:
    """The number of the newest making."""
    return Export.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()


def export_of(plan: Plan, number: int, kind: str, language: str) -> Export | None:
    """One file."""
    return Export.objects.filter(plan=plan, number=number, kind=kind, language=language).first()


def has_current_exports(plan: Plan) -> bool:
    """Whether the newest files were made of the text as it is enacted now."""
    made = exports_of(plan)
    return bool(made) and enactment.is_enacted_whole(plan) and made[0].plan_sha256 == plan_sha256(plan)


def notes_of(plan: Plan) -> list[ReviewNote]:
    """The notes of the national secretariat with their answers."""
    return list(ReviewNote.objects.filter(plan=plan))


def review_of(plan: Plan) -> Review | None:
    """The finished review of the text as it is now; None while nobody has read it, or not since it changed."""
    known = {review.text_sha256: review for review in Review.objects.filter(plan=plan)}
    return known.get(reviewed_sha256(plan)) if known else None


def was_reviewed(plan: Plan) -> bool:
    """Whether a review of any text of this plan was finished: from then on its notes are public."""
    return Review.objects.filter(plan=plan).exists()


def reviewed_sha256(plan: Plan) -> str:
    """What a review binds itself to: each member's text, enacted with its amendments or frozen; "" while one has none.

    Enacting the text that was frozen changes nothing; freezing or amending another one does.
    """
    parts = [_text_of(member) for member in plan.members.select_related("organisation", "plan")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest() if parts and all(parts) else ""


def _text_of(member: PlanMember) -> str:
    enacted, frozen = enactment.enactment_of(member), enactment.newest_freeze(member)
    if enacted is not None:
        approved = Amendment.objects.filter(commitment__member=member, state=Amendment.State.APPROVED)
        amended = sorted(str(key) for key in approved.values_list("pk", flat=True))
        return " ".join([member.organisation_id, enacted.sha256, *amended])
    if frozen is None:
        return ""
    return f"{member.organisation_id} {drafted_record.record_sha256(enactment.record_to_enact(frozen))}"


def submission_of(plan: Plan) -> Submission | None:
    """The submission, once there is one."""
    return Submission.objects.filter(plan=plan).first()


def next_note_number(plan: Plan) -> int:
    """The number the next note gets."""
    return ReviewNote.objects.filter(plan=plan).count() + 1


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of OGP's web form: what to paste, and whether it was."""

    key: str
    label: str
    text: str
    entered_on: date | None
    is_indonesian: bool = False

    @property
    def length(self) -> int:
        """Characters, as the form counts them."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class FormPart:
    """The plan or one commitment as OGP's web form asks for it."""

    about: str
    title: str
    fields: tuple[FormField, ...]
    commitment: Commitment | None

    @property
    def done(self) -> int:
        """How many fields are entered."""
        return sum(field.entered_on is not None for field in self.fields)

    @property
    def indonesian(self) -> int:
        """How many fields have no English to paste."""
        return sum(field.is_indonesian for field in self.fields)


def web_form(plan: Plan, told: Mapping[str, Sequence[Line]]) -> list[FormPart]:
    """Every part of the form. `told` maps "plan" and each slug to its fields in words."""
    entered = {(row.about, row.field): row.entered_on for row in WebFormEntry.objects.filter(plan=plan)}
    commitments = Commitment.objects.filter(plan=plan).in_bulk()
    return [
        FormPart(
            about,
            str(commitments[about]) if about in commitments else plan.title,
            tuple(
                FormField(line.key, line.label, line.text, entered.get((about, line.key)), line.is_indonesian)
                for line in lines
            ),
            commitments.get(about),
        )
        for about, lines in told.items()
    ]


def enacted_on(plan: Plan) -> date | None:
    """The day the last member enacted."""
    newest = Enactment.objects.filter(member__plan=plan).order_by("-enacted_at").first()
    return clock.local_day(newest.enacted_at) if newest else None

"""Evidence: named by whoever reports or assesses, captured by a job, looked at again for years."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import sealing
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.files import actions as files
from lumbung.core.files import fetching
from lumbung.core.files.actions import WrittenDocument
from lumbung.core.files.fetching import Fetched, NotFetched
from lumbung.core.files.kinds import EVIDENCE as DOCUMENTS
from lumbung.core.files.kinds import KINDS
from lumbung.core.jobs import actions as jobs
from lumbung.core.web import public_words
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import signing
from lumbung.modules.action_plan.events.monitoring import (
    EvidenceCaptured,
    EvidenceChanged,
    EvidenceGone,
    EvidenceNamed,
)
from lumbung.modules.action_plan.models import Capture, Commitment, Evidence
from lumbung.modules.action_plan.queries import evidence as proofs
from lumbung.modules.action_plan.queries.evidence import Proof

CAPTURE = "action_plan.capture_evidence"
LOOK_AGAIN_AFTER = timedelta(days=7)
TRY_AGAIN_AFTER, TRY_FOR = timedelta(hours=1), timedelta(days=3)
AT_ONCE = 50
Fetch = Callable[[str], Fetched]


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What a piece of evidence is: an address, or a document already written to the folder."""

    title: str
    licence: str
    has_personal_data: bool
    url: str = ""
    written: WrittenDocument | None = None


def name_evidence(*, commitment: Commitment, facts: EvidenceFacts, by: Viewer, now: datetime) -> Evidence:
    """Name a piece of evidence, the same one once. A document has its hash at once; a job captures an address."""
    held = required_to_name(commitment, by)
    public_words.refuse_personal_data("title", facts.title)
    if facts.written is None:
        _refuse_unfetchable(facts.url)
    with transaction.atomic():
        signing.held_for_writing(commitment)
        known = _known(commitment, facts, held.organisation_code)
        if known is not None:
            return known
        salt = secrets.token_bytes(16)
        evidence = Evidence.objects.create(
            commitment=commitment,
            kind=Evidence.Kind.DOCUMENT if facts.written else Evidence.Kind.ADDRESS,
            title=facts.title,
            url="" if facts.written else facts.url,
            licence=facts.licence,
            has_personal_data=facts.has_personal_data,
            salt=salt,
            organisation_id=held.organisation_code,
            named_by=permissions.account_of(by),
            named_role=held.role,
            named_at=now,
        )
        event = EvidenceNamed(
            plan=commitment.plan_id,
            commitment=commitment.pk,
            evidence=str(evidence.pk),
            licence=facts.licence,
            personal_data=facts.has_personal_data,
            named_hash=sealing.salted_hash(f"{facts.title}\n{evidence.url}", salt),
        )
        signing.record(event, commitment, held, by, now)
        _take_in(evidence, facts.written, now)
        return evidence


def _known(commitment: Commitment, facts: EvidenceFacts, organisation: str) -> Evidence | None:
    mine = Evidence.objects.filter(commitment=commitment, organisation_id=organisation)
    if facts.written is not None:
        return mine.filter(captures__sha256=facts.written.sha256, kind=Evidence.Kind.DOCUMENT).first()
    return mine.filter(url=facts.url).first()


def _take_in(evidence: Evidence, written: WrittenDocument | None, now: datetime) -> None:
    """Keep the document that was uploaded, or put the address on the queue."""
    if written is None:
        jobs.enqueue(CAPTURE, now=now, evidence_id=str(evidence.pk))
        return
    before = Proof(evidence, ())
    added = _kept(evidence, written, KINDS[written.kind].mime, now)
    _tell(before, added, now)


def _kept(evidence: Evidence, written: WrittenDocument, mime: str, now: datetime) -> Capture:
    document = files.keep_document(written=written, purpose=proofs.EVIDENCE, title=evidence.title, now=now)
    return Capture.objects.create(
        evidence=evidence,
        outcome=Capture.Outcome.KEPT,
        sha256=written.sha256,
        bytes=written.bytes,
        mime=mime[:100],
        document=document,
        captured_at=now,
    )


def required_to_name(commitment: Commitment, by: Viewer) -> HeldRole:
    """The agency in charge, its monitor, or a registered organisation of civil society."""
    in_charge = permissions.role_in_charge(by, permissions.REPORT, commitment)
    held = in_charge or permissions.role_as_monitor(by, commitment.plan, commitment.member)
    held = held or next(iter(by.roles_with(permissions.CONTRIBUTE)), None)
    if held is None:
        raise NotPermitted(
            "may-not-name-evidence",
            _("Evidence is named by the institution in charge, its monitoring body, or a member of the forum."),
        )
    return held


def _refuse_unfetchable(url: str) -> None:
    try:
        fetching.refuse_address(url)
    except NotFetched as refused:
        raise Refused(
            "evidence-address-not-usable",
            _("Give an address that begins with http:// or https:// and that everybody can open."),
            field="url",
        ) from refused


def capture(*, evidence_id: str, now: datetime, fetch: Fetch = fetching.fetch) -> Capture | None:
    """Look at what stands at the address now, and add what was found. No transaction is open while we wait for it."""
    proof = proofs.proof_by_id(evidence_id)
    if proof is None or proof.evidence.kind != Evidence.Kind.ADDRESS or proof.evidence.is_hidden:
        return None
    try:
        found: Fetched | NotFetched = fetch(proof.evidence.url)
    except NotFetched as failure:
        found = failure
    written = _written(proof, found)
    with transaction.atomic():
        Evidence.objects.select_for_update().get(pk=proof.evidence.pk)
        fresh = proofs.proof_by_id(evidence_id) or proof
        added = _added(fresh, found, written, now)
        _tell(fresh, added, now)
        return added


def _written(proof: Proof, found: Fetched | NotFetched) -> WrittenDocument | None:
    """A document found at first is kept as it is; of a page, and of what holds personal data, only the hash."""
    if isinstance(found, NotFetched) or proof.kept is not None or proof.evidence.has_personal_data:
        return None
    try:
        return files.write_document(found.content, accepted=DOCUMENTS)
    except Refused:
        return None


def _added(proof: Proof, found: Fetched | NotFetched, written: WrittenDocument | None, now: datetime) -> Capture:
    if isinstance(found, NotFetched):
        return Capture.objects.create(evidence=proof.evidence, outcome=found.kind, reason=found.reason, captured_at=now)
    if written is not None and proof.kept is None:
        return _kept(proof.evidence, written, found.mime, now)
    sha256 = hashlib.sha256(found.content).hexdigest()
    if proof.kept is None:
        outcome = Capture.Outcome.KEPT
    else:
        outcome = Capture.Outcome.SAME if proof.kept.sha256 == sha256 else Capture.Outcome.CHANGED
    return Capture.objects.create(
        evidence=proof.evidence,
        outcome=outcome,
        sha256=sha256,
        bytes=len(found.content),
        mime=found.mime[:100],
        captured_at=now,
    )


def _tell(before: Proof, added: Capture, now: datetime) -> None:
    """Tell what is new; looking again and finding the same is no news."""
    after = proofs.proof_by_id(str(before.evidence.pk)) or before
    if before.standing == after.standing or after.kept is None:
        return
    evidence = before.evidence
    told = {"plan": evidence.commitment.plan_id, "commitment": evidence.commitment_id, "evidence": str(evidence.pk)}
    event: Event | None = None
    if before.kept is None:
        event = EvidenceCaptured(**told, sha256=added.sha256, bytes=added.bytes or 0)
    elif after.standing == "changed":
        event = EvidenceChanged(**told, sha256=added.sha256)
    elif after.standing == "gone":
        event = EvidenceGone(**told, sha256=after.kept.sha256)
    if event is not None:
        events.record(event, subject_type="commitment", subject_id=evidence.commitment_id, actor=SYSTEM, now=now)


def look_again(*, now: datetime) -> int:
    """Put on the queue again what nobody looked at for a week, or could not reach lately; returns how many."""
    due = proofs.evidence_to_look_at(
        before=now - LOOK_AGAIN_AFTER, soon=now - TRY_AGAIN_AFTER, lately=now - TRY_FOR, most=AT_ONCE
    )
    for evidence_id in due:
        jobs.enqueue(CAPTURE, now=now, evidence_id=str(evidence_id))
    return len(due)


def note_document(by: Viewer, file_id: UUID, size: str, now: datetime) -> None:
    """Write down that somebody opened evidence with personal data, which not everybody may see."""
    found = proofs.evidence_of_document(file_id)
    if found is None:
        return
    held = proofs.role_to_see(by, found)
    events.record_access(
        account_id=str(by.account.pk) if by.account else "",
        role=held.role if held else "",
        subject_type="evidence",
        subject_id=str(found.pk),
        fields=(size,),
        channel="page",
        reason="",
        now=now,
    )

"""What was said anew after the public test: each part is named by a published answer, or let pass by two people."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lumbung.kernels.sentences import Difference
from lumbung.modules.action_plan.models import Consultation, Draft, PlanMember, Response, StageException
from lumbung.modules.action_plan.queries import draft_differences, draft_texts, drafts
from lumbung.modules.action_plan.shape import Field

CHECK = "rewording_answered"
CHANGING = (Response.Verdict.ACCEPTED, Response.Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Rewording:
    """One part of a tested commitment that says something else now.

    named_by  numbers of the comments whose answer names it
    is_let_pass  a second person granted an exception for exactly these words
    """

    slug: str
    title: str
    field: Field
    fingerprint: str
    named_by: tuple[str, ...] = ()
    is_let_pass: bool = False

    @property
    def place(self) -> str:
        """How an answer names it."""
        return place_of(self.slug, self.field.key)

    @property
    def code(self) -> str:
        """How a requirement names it, these very words."""
        return f"{CHECK}.{self.slug}.{self.field.key}.{self.fingerprint}"

    @property
    def is_answered_for(self) -> bool:
        """Whether somebody said why it says something else."""
        return bool(self.named_by) or self.is_let_pass


def place_of(slug: str, field: str) -> str:
    """One part of one commitment."""
    return f"{slug}/{field}"


def rewordings_of(member: PlanMember) -> list[Rewording]:
    """Every part of a commitment that says something else than in the last public test."""
    found = _changed(member)
    if not found:
        return []
    named, passed = _named(member), _let_pass(member)
    return [
        Rewording(
            each.slug,
            each.title,
            each.field,
            each.fingerprint,
            tuple(sorted(named.get(each.place, ()))),
            each.code in passed,
        )
        for each in found
    ]


def unanswered(member: PlanMember) -> list[Rewording]:
    """Those nobody has answered for."""
    return [each for each in rewordings_of(member) if not each.is_answered_for]


def last_test(member: PlanMember) -> Consultation | None:
    """The public test whose text people saw last."""
    return Consultation.objects.filter(member=member).select_related("freeze").order_by("-closes_on").first()


def _changed(member: PlanMember) -> list[Rewording]:
    test = last_test(member)
    if test is None:
        return []
    asked = {each.draft_id: each for each in test.freeze.versions.select_related("draft")}
    now = [each for each in drafts.newest_versions(member) if each.draft.kind == Draft.Kind.COMMITMENT]
    pairs = [(asked[each.draft_id], each) for each in now if each.draft_id in asked and asked[each.draft_id] != each]
    names = draft_texts.names_for([each.body for pair in pairs for each in pair])
    return [
        Rewording(new.draft.slug, drafts.title_of(new), changed.field, _fingerprint(changed.rows))
        for old, new in pairs
        for changed in draft_differences.between(old, new, names).fields
    ]


def _fingerprint(rows: Iterable[Difference]) -> str:
    """Of the new words: an exception for them is none for others."""
    told = "\n".join(row.new or "" for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _named(member: PlanMember) -> dict[str, set[str]]:
    """What published answers name: in so many words, or because the comment quotes it and was accepted."""
    answers = Response.objects.filter(published_at__isnull=False, comments__consultation__member=member)
    found: dict[str, set[str]] = defaultdict(set)
    for answer in answers.distinct().prefetch_related("comments__draft"):
        for comment in answer.comments.all():
            places = set(answer.rewords or ())
            if comment.draft is not None and comment.field and answer.verdict in CHANGING:
                places.add(place_of(comment.draft.slug, comment.field))
            for place in places:
                found[place].add(comment.number)
    return found


def _let_pass(member: PlanMember) -> set[str]:
    granted = StageException.objects.filter(plan=member.plan_id, track=member.organisation_id, is_granted=True)
    return {gap["code"] for each in granted for gap in each.missing if gap["code"].startswith(f"{CHECK}.")}

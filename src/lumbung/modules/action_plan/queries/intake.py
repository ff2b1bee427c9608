"""Reading what people sent, ideas, comments and remarks alike: sealed words, codes, what waits to be cleared."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lumbung.core.base import ids, sealing
from lumbung.kernels import personal_data
from lumbung.modules.action_plan.models import Clearing, Comment, Idea, Plan, PlanMember, Remark

PURPOSE = "plan-intake"

Item = Idea | Comment | Remark


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote. Institution and title are one line each, and may be empty."""

    text: str
    title: str = ""
    institution: str = ""

    def kept(self) -> str:
        """As it is sealed and hashed: three parts, the first two of one line."""
        return f"{self.institution}\n{self.title}\n{self.text}"


def is_flagged(words: Words) -> bool:
    """Whether the check finds personal data or the name of a person in them."""
    kept = words.kept()
    return bool(personal_data.find(kept) or personal_data.find_names(kept))


def words_kept(kept: str) -> Words:
    """What was sealed, in its parts."""
    institution, title, text = kept.split("\n", 2)
    return Words(text, title, institution)


def kind_of(item: Item) -> str:
    """ "idea", "comment" or "remark": what the log calls it."""
    if isinstance(item, Remark):
        return "remark"
    return "idea" if isinstance(item, Idea) else "comment"


def member_of(item: Item) -> PlanMember | None:
    """Whose part of the plan it belongs to; None for all of them."""
    if isinstance(item, Idea):
        return item.member
    if isinstance(item, Remark):
        return item.commitment.member
    if item.consultation:
        return item.consultation.member
    return item.draft.member if item.draft else None


def place_of(item: Item) -> str:
    """Where its words are sealed."""
    return f"action_plan_{kind_of(item)}.words:{item.pk}"


def words_of(item: Item) -> Words | None:
    """The words as sent, for whoever clears them or holds their code; None once they were erased."""
    return words_kept(sealing.unseal(item.words, place=place_of(item))) if item.words is not None else None


def public_words(item: Item) -> Words:
    """The words as the public reads them."""
    return Words(item.public_text, item.public_title if isinstance(item, Idea) else "", item.institution)


def is_answered(item: Item) -> bool:
    """Whether somebody answered it for everybody to read, or decided what becomes of it."""
    if isinstance(item, Idea):
        return item.state != Idea.State.RECEIVED
    if isinstance(item, Remark):
        return item.answers.exists()
    return item.response is not None and item.response.published_at is not None


def code_index(code: str) -> str:
    """What is stored of a code."""
    return sealing.blind_index(ids.tidy_access_code(code), purpose=PURPOSE)


def item_by_code(plan: Plan, code: str) -> Item | None:
    """What a code opens in this plan."""
    index = code_index(code)
    idea = Idea.objects.select_related("plan", "member__organisation").filter(plan=plan, code_index=index).first()
    return idea or comment_by(plan, code_index=index) or remark_by(plan, code_index=index)


def comment_by(plan: Plan, **found: object) -> Comment | None:
    """One comment of a public test of this plan, with what its page needs."""
    return _with_its_page(Comment.objects.filter(plan=plan, consultation__isnull=False, **found)).first()


def _with_its_page(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    parts = ("plan", "consultation__member__organisation", "consultation__freeze", "draft__member", "version")
    return comments.select_related(*parts, "response__corrects")


def item_by_number(plan: Plan, number: str) -> Item | None:
    """An idea or comment by its number, a comment of the forum on a draft in the making too."""
    idea = Idea.objects.select_related("plan", "member__organisation").filter(plan=plan, number=number).first()
    idea_or_comment = idea or _with_its_page(Comment.objects.filter(plan=plan, number=number)).first()
    return idea_or_comment or remark_by(plan, number=number)


def remark_by(plan: Plan, **found: object) -> Remark | None:
    """One remark on a commitment of this plan."""
    known = Remark.objects.filter(plan=plan, **found)
    return known.select_related("plan", "commitment__member__organisation").first()


def public_items(plan: Plan) -> list[Item]:
    """What everybody reads of ideas, comments and remarks, those of the forum too, the newest first."""
    kinds = (Idea.objects, Comment.objects, Remark.objects)
    ideas, comments, remarks = (rows.filter(plan=plan, clearing=Clearing.PUBLIC) for rows in kinds)
    return sorted([*ideas, *comments, *remarks], key=lambda item: item.received_at, reverse=True)


def waiting_items(plan: Plan) -> list[Item]:
    """What nobody has cleared yet, the oldest first."""
    ideas = Idea.objects.filter(plan=plan, clearing=Clearing.WAITING).select_related("member__organisation")
    comments = Comment.objects.filter(plan=plan, clearing=Clearing.WAITING, consultation__isnull=False).select_related(
        "consultation__member__organisation", "draft"
    )
    remarks = Remark.objects.filter(plan=plan, clearing=Clearing.WAITING).select_related(
        "commitment__member__organisation"
    )
    return sorted([*ideas, *comments, *remarks], key=lambda item: (item.received_at, item.number))

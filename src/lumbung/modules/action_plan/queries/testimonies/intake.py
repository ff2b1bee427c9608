"""What the public reads of ideas, comments and remarks, by their numbers; and which of them were hidden."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import F

from lumbung.core.base import sealing
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, picked
from lumbung.modules.action_plan.events.commenting import DraftCommented
from lumbung.modules.action_plan.events.consultation import CommentSent
from lumbung.modules.action_plan.events.hiding import HiddenTextErased, HidingDecided
from lumbung.modules.action_plan.events.ideas import IdeaAdopted, IdeaDeclined, IdeaMerged, IdeaSent, IdeaSplit
from lumbung.modules.action_plan.events.intake import PublicWordsChanged, WordsCleared, WordsHidden
from lumbung.modules.action_plan.events.remarks import RemarkSent
from lumbung.modules.action_plan.models import Clearing, Comment, Hiding, Idea, Remark
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Item
from lumbung.modules.action_plan.queries.testimonies import words

SENT, HIDDEN = "words", "hidden"
KINDS = (Hiding.Kind.IDEA, Hiding.Kind.COMMENT, Hiding.Kind.REMARK)
SETTLED = {
    IdeaMerged.key: Idea.State.MERGED,
    IdeaAdopted.key: Idea.State.ADOPTED,
    IdeaDeclined.key: Idea.State.DECLINED,
}
Shown = dict[str, Facts]


def _told(events: Iterable[Said]) -> Iterator[Told]:
    """What the public reads is what was cleared last; hidden and shown again, it is what it was before."""
    shown: Shown = {}
    for said in events:
        for number, facts in _facts_of(said, shown):
            yield said, f"{SENT}:{number}", facts


def _facts_of(said: Said, shown: Shown) -> Iterator[tuple[str, Facts]]:
    data, number = said.data, str(said.data.get("number", said.data.get("about", "")))
    if said.key in {IdeaSent.key, CommentSent.key, RemarkSent.key}:
        begun = {"state": Idea.State.RECEIVED.value} if said.key == IdeaSent.key else {}
        shown[number] = {"clearing": Clearing.WAITING.value}
        yield number, {**picked(data, "plan", sent="words_hash"), **begun, **shown[number]}
    elif said.key in {DraftCommented.key, WordsCleared.key, PublicWordsChanged.key}:
        shown[number] = {"clearing": Clearing.PUBLIC.value, "public": data["words_hash"]}
        sent = {"sent": data["words_hash"]} if said.key == DraftCommented.key else {}
        yield number, {"plan": data["plan"], **sent, **shown[number]}
    elif said.key == WordsHidden.key:
        yield number, {"clearing": Clearing.HIDDEN.value, "reason": data["reason_hash"]}
    elif said.key == IdeaSplit.key:
        yield number, {"state": Idea.State.SPLIT.value}
        yield from _parts(said, shown)
    elif said.key in SETTLED:
        declined = picked(data, declined="reason_hash") if said.key == IdeaDeclined.key else {}
        yield number, {"state": SETTLED[said.key].value, **declined}
    elif data["kind"] in KINDS and not data["upheld"]:
        yield number, shown.get(number, {})


def _parts(said: Said, shown: Shown) -> Iterator[tuple[str, Facts]]:
    """Each part of an idea is an idea of its own, public at once."""
    public = said.data.get("public_hashes", [None] * len(said.data["into"]))
    for number, sent, hashed in zip(said.data["into"], said.data["parts_hash"], public, strict=True):
        shown[number] = {"clearing": Clearing.PUBLIC.value, **({"public": hashed} if hashed else {})}
        yield number, {"plan": said.data["plan"], "sent": sent, "state": Idea.State.RECEIVED.value, **shown[number]}


def _stand(subject: str | None) -> Iterator[tuple[str, Facts]]:
    for rows in (Idea.objects.all(), Comment.objects.all(), Remark.objects.all()):
        for each in (rows if subject is None else rows.filter(pk=subject)).iterator(chunk_size=500):
            yield f"{SENT}:{each.number}", _facts(each)


def _facts(each: Item) -> Facts:
    facts = {"plan": each.plan_id, "sent": each.words_hash, "clearing": each.clearing}
    if isinstance(each, Idea):
        facts["state"] = each.state
        is_gone = each.salt is None and each.clearing == Clearing.HIDDEN
        if each.state == Idea.State.DECLINED:
            facts |= words.fact("declined", each.declined_reason, each.salt, is_hidden=is_gone)
    if each.clearing == Clearing.PUBLIC:
        facts |= words.fact("public", intake.public_words(each).kept(), each.salt, is_hidden=False)
    elif each.clearing == Clearing.HIDDEN:
        facts |= words.fact("reason", each.hidden_reason, each.salt, is_hidden=each.salt is None)
    return facts


def _hidden(events: Iterable[Said]) -> Iterator[Told]:
    """Of one number words may be hidden again once they were shown: they are counted, oldest first."""
    times: Counter[str] = Counter()
    for said in events:
        number = str(said.data.get("number", said.data.get("about", "")))
        if said.key == WordsHidden.key:
            times[number] += 1
            facts = picked(said.data, "plan", reason="reason_hash", trace="hiding")
            yield said, _name(number, times[number]), {**facts, "is_upheld": None, "is_erased": False}
        elif said.data["kind"] in KINDS:
            facts = {"is_upheld": said.data["upheld"]} if said.key == HidingDecided.key else {"is_erased": True}
            yield said, _name(number, times[number]), facts


def _name(number: str, times: int) -> str:
    return f"{HIDDEN}:{number}.{times}"


def _hidings(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = Hiding.objects.filter(kind__in=KINDS).order_by("hidden_at", F("decided_at").asc(nulls_last=True), "pk")
    rows, times = rows if plan is None else rows.filter(plan=plan), Counter[str]()
    salts = _salts({each.about for each in rows})
    for each in rows:
        times[each.about] += 1
        facts = {
            "plan": each.plan_id,
            "trace": str(each.pk),
            "is_upheld": each.is_upheld,
            "is_erased": each.erased_at is not None,
        }
        if (salt := salts.get(each.about)) is not None:  # words that were erased took the salt along
            facts["reason"] = sealing.salted_hash(each.reason, salt)
        yield _name(each.about, times[each.about]), facts


def _salts(numbers: set[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for rows in (Idea.objects, Comment.objects, Remark.objects):
        told = rows.filter(number__in=numbers, salt__isnull=False).values_list("number", "salt")
        found |= {number: bytes(salt or b"") for number, salt in told}
    return {number: salt for number, salt in found.items() if len(salt) == words.SALT_BYTES}


OF_WORDS = (IdeaSent.key, CommentSent.key, RemarkSent.key, DraftCommented.key, WordsCleared.key)
OFTEN = (PublicWordsChanged.key, WordsHidden.key, HidingDecided.key, *SETTLED)
TESTIMONIES = (
    Testimony(SENT, (*OF_WORDS, *OFTEN, IdeaSplit.key), _told, _stand, again=frozenset(OFTEN)),
    Testimony(
        HIDDEN,
        (WordsHidden.key, HidingDecided.key, HiddenTextErased.key),
        _hidden,
        _hidings,
    ),
)

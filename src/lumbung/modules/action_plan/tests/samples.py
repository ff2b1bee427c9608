"""What the guards put into the addresses of the action plan: the illustrated plan and what stands in it."""

import uuid

from tests.cast import NOW
from tests.world import World

from lumbung.core.access.viewers import NOBODY
from lumbung.modules.action_plan.actions import clearing, remarks
from lumbung.modules.action_plan.demo.plan import FOLLOWS, KEY
from lumbung.modules.action_plan.models import (
    Comment,
    Commitment,
    Consultation,
    Idea,
    LegalProduct,
    Meeting,
    Partnership,
    Remark,
    Response,
    Seat,
)
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import stage, talk

NOWHERE = "00000000-0000-0000-0000-000000000000"

POSTED = {
    "action_plan": {
        "key": "contoh-2030-2032",
        "title_id": "Rencana aksi contoh",
        "starts_on": "2030-01-01",
        "ends_on": "2032-12-31",
        "template": "ksb-four",
        "short": "Komitmen contoh",
        "slug": "komitmen-contoh",
        "arah": "naik",
        "email": "warga@contoh.id",
        "title": "Laporan awal",
        "url": "https://contoh.id/laporan",
        "words": "Sudah dikerjakan sesuai rencana.",
        "licence": "open",
        "reason": "Forum sepakat melanjutkan lebih dahulu, syaratnya menyusul.",
    }
}


def samples(world: World) -> dict[str, dict[str, object]]:
    """Parameters of this module's addresses."""
    return {
        "plan_key": {"own": KEY, "missing": "tidak-ada"},
        "track": {"own": "ksb", "other": "ntb", "missing": "tidak-ada"},
        "stage": {"own": "proposal", "missing": "tidak-ada"},
        "exception_id": {"missing": NOWHERE},
        "partner_id": {"missing": 0},
        "withdrawal_id": {"missing": NOWHERE},
        "draft": {"own": "rencana", "missing": "tidak-ada"},
        "version": {"own": 1, "missing": 999},
        "newer": {"missing": 999},
        "frozen_number": {"missing": 999},
        "amendment_id": {"missing": NOWHERE},
        "about": {"own": "plan", "missing": "tidak-ada"},
        "action_plan:number": {"own": 1, "missing": 999},
        "action_plan:kind": {"own": "csv", "missing": "exe"},
        "language": {"own": "-", "missing": "xx"},
        "monitored": {"own": FOLLOWS, "missing": "tidak-ada"},
        "said_kind": {"own": "akhir", "missing": "tidak-ada"},
        "report_id": {"missing": NOWHERE},
        "said_id": {"missing": NOWHERE},
        "practice_slug": {"missing": "tidak-ada"},
        "part": {"own": 1, "missing": 9},
        **_forum(),
        **_talk(world),
        **_remarks(world),
    }


def _remarks(world: World) -> dict[str, dict[str, object]]:
    """A remark everybody may read, and one that waits."""
    if not Remark.objects.exists():
        care = Commitment.objects.select_related("plan", "member__organisation").get(pk="ntb-care")
        for text in ("Laporan saya dijawab cepat.", "Pendapat yang menunggu."):
            words = Words(text)
            remarks.send_remark(commitment=care, words=words, draft_key=uuid.uuid4(), by=NOBODY, now=NOW)
        by = world.people.viewer("sekretariat.ntb")
        first = Remark.objects.select_related("plan", "commitment__member").order_by("number")[0]
        clearing.clear_words(item=first, words=Words("Laporan saya dijawab cepat."), by=by, now=NOW)
    public, waiting = Remark.objects.order_by("number")[:2]
    return {"remark_number": {"own": public.number, "hidden": waiting.number, "missing": "P-2026-9999"}}


def _forum() -> dict[str, dict[str, object]]:
    """Something of each kind that a forum keeps: a meeting held, a decree, a seat that waits, an agreement."""
    meeting = Meeting.objects.first() or stage.held_meeting(of="ksb")
    product = LegalProduct.objects.first() or stage.decree(of="ksb")
    return {
        "meeting_id": {"own": meeting.pk, "missing": NOWHERE},
        "text_kind": {"own": "minutes", "missing": "tidak-ada"},
        "action_plan:subject": {"own": meeting.pk, "missing": NOWHERE},
        "hiding_id": {"missing": NOWHERE},
        "pack_key": {"own": "berita-acara", "missing": "tidak-ada"},
        "pack_kind": {"own": "docx", "missing": "exe"},
        "product_id": {"own": product.pk, "missing": NOWHERE},
        "seat_id": {"own": (Seat.objects.first() or stage.application(of="ksb")).pk, "missing": NOWHERE},
        "partnership_id": {"own": (Partnership.objects.first() or stage.partnership(of="ksb")).pk, "missing": NOWHERE},
    }


def _talk(world: World) -> dict[str, dict[str, object]]:
    """An idea and a comment that wait, beside public ones, in a public test with an answer in draft."""
    if not Idea.objects.exists():
        talk.idea(world.people)
        talk.send_idea("Usulan yang menunggu.")
        test = talk.public_test(world.people)
        talk.answer(world.people, test, talk.comment(world.people, test))
        talk.send_comment(test, "Masukan yang menunggu.")
    ideas, comments = Idea.objects.order_by("number"), Comment.objects.order_by("number")
    return {
        "idea_number": {"own": ideas[0].number, "hidden": ideas[1].number, "missing": "U-2026-9999"},
        "comment_number": {"own": comments[0].number, "hidden": comments[1].number, "missing": "M-2026-9999"},
        "item_number": {"own": ideas[1].number, "hidden": comments[1].number, "missing": "U-2026-9999"},
        "test_id": {"own": Consultation.objects.get().pk, "missing": NOWHERE},
        "response_id": {"own": Response.objects.get().pk, "missing": NOWHERE},
        "action_plan:code": {"missing": "0000000000000000"},
    }

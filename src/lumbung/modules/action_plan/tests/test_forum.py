"""Who sits in the forum, by which decree; whoever monitors carries nothing."""

import dataclasses
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base import clock, sealing
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.files.models import StoredDocument
from lumbung.core.files.tests import papers
from lumbung.core.notices import queries as outbox
from lumbung.core.notices.models import Message
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import drafting, legal, seats
from lumbung.modules.action_plan.actions.legal import Enacted
from lumbung.modules.action_plan.actions.papers import Upload
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.actions.seats import Application
from lumbung.modules.action_plan.models import LegalProduct, Partnership, Realisation, Seat
from lumbung.modules.action_plan.queries import forum
from lumbung.modules.action_plan.queries import papers as shared
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
EMAIL = "lembaga@tanaman.example"
REASON = "Sektor ini sudah diwakili tiga lembaga; silakan hadir sebagai peserta."


def codes(member, stage):
    template = states.templates()[member.template]
    found = standings.missing_of(here.plan(), member, template.stage(stage), today=clock.local_day(NOW))
    return [each.code for each in found]


def place(code="somasi-ntb", sector="civil_society", duty="member", **more):
    return Place(sector, duty, date(2026, 3, 26), by_code(code) if code else None, **more)


def give(people, *, by="sekretariat.ntb", of="ntb", **told):
    return seats.give_seat(member=here.member(of), place=place(**told), by=people.viewer(by), now=NOW)


def apply(institution="Komunitas Literasi", key=None):
    application = Application(institution, "community", EMAIL, "id", key or uuid.uuid4())
    return seats.ask_for_seat(member=here.member(), application=application, now=NOW)


def enacted(number="050-12", data=None):
    data = data or papers.pdf()
    return Enacted(number, date(2026, 3, 2), "https://jdih.contoh.id/1", Upload(data, len(data)))


def add(people, told=None, *, kind="decree", about="secretariat", by="sekretariat.ntb"):
    viewer = people.viewer(by)
    return legal.add_product(
        member=here.member(), kind=kind, about=about, subject="Sekretariat", enacted=told, by=viewer, now=NOW
    )


# --- legal products -----------------------------------------------------------------------------------------


def test_an_enacted_decree_keeps_its_paper_and_the_log_its_hash(people):
    product = add(people, enacted())
    assert product.state == "enacted"
    [told] = EventRecord.objects.filter(key="action_plan.legal_product_enacted", subject_id=str(product.pk))
    assert product.document.sha256 in bytes(told.body).decode()
    assert shared.papers_in_use([product.document_id]) == {product.document_id}


def test_a_draft_becomes_enacted_then_promulgated_and_never_back(people):
    product, by = add(people, kind="head_regulation"), people.viewer("sekretariat.ntb")
    legal.enact_product(product=product, enacted=enacted(), by=by, now=NOW)
    legal.promulgate_product(
        product=product, gazette="Berita Daerah 2026/12", promulgated_on=date(2026, 3, 9), by=by, now=NOW
    )
    with pytest.raises(Refused) as refused:
        legal.enact_product(product=product, enacted=enacted("050-13"), by=by, now=NOW)
    assert refused.value.code == "legal-product-is-further"


def test_a_decree_is_not_promulgated(people):
    product, by = add(people, enacted()), people.viewer("sekretariat.ntb")
    with pytest.raises(Refused) as refused:
        legal.promulgate_product(product=product, gazette="x", promulgated_on=date(2026, 3, 9), by=by, now=NOW)
    assert refused.value.code == "decree-is-not-promulgated"


def test_a_legal_product_is_promulgated_on_its_day_or_later(people):
    product, by = add(people, enacted(), kind="head_regulation"), people.viewer("sekretariat.ntb")
    with pytest.raises(Refused) as refused:
        legal.promulgate_product(product=product, gazette="x", promulgated_on=date(2026, 3, 1), by=by, now=NOW)
    assert refused.value.field == "promulgated_on"


def test_nothing_is_registered_as_enacted_or_promulgated_on_a_day_to_come(people):
    tomorrow, by = NOW.date() + timedelta(days=2), people.viewer("sekretariat.ntb")
    later = dataclasses.replace(enacted(), dated_on=tomorrow)
    product = add(people, enacted("7"), kind="head_regulation")
    codes = []
    for step in (
        lambda: add(people, later),
        lambda: legal.enact_product(product=add(people), enacted=later, by=by, now=NOW),
        lambda: legal.promulgate_product(product=product, gazette="x", promulgated_on=tomorrow, by=by, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            step()
        codes.append((refused.value.code, refused.value.field))
    assert codes == [("legal-product-in-the-future", field) for field in ("dated_on", "dated_on", "promulgated_on")]


def test_the_same_number_and_date_are_registered_once(people):
    add(people, enacted())
    with pytest.raises(Refused) as refused:
        add(people, enacted())
    assert refused.value.code == "legal-product-registered-already"
    assert LegalProduct.objects.filter(number="050-12").count() == 1


def test_a_better_scan_replaces_the_paper_and_the_log_has_both_hashes(people):
    product, by = add(people, enacted()), people.viewer("sekretariat.ntb")
    before, data = product.document, papers.pdf(stream=b"BT (better) ET")
    legal.keep_document(product=product, upload=Upload(data, len(data)), by=by, now=NOW)
    [told] = EventRecord.objects.filter(key="action_plan.legal_document_kept", subject_id=str(product.pk))
    assert before.sha256 in bytes(told.body).decode()
    assert not StoredDocument.objects.filter(pk=before.pk).exists()


def test_a_draft_takes_no_paper_alone(people):
    data = papers.pdf()
    with pytest.raises(Refused) as refused:
        legal.keep_document(
            product=add(people), upload=Upload(data, len(data)), by=people.viewer("sekretariat.ntb"), now=NOW
        )
    assert refused.value.code == "draft-has-no-paper"


@pytest.mark.parametrize("by", ["sekretariat.ksb", "ketua.ntb", "oms.ntb"])
def test_only_the_members_own_secretariat_registers(people, by):
    with pytest.raises(NotPermitted):
        add(people, by=by)


def test_a_decree_without_its_paper_does_not_open_the_stage(people):
    ntb = here.member()
    here.seat("ntb-bappeda", "government", "secretariat")
    Seat.objects.update(decree=here.decree("other"))
    assert codes(ntb, "secretariat") == ["decree_registered.secretariat"]
    decree = here.decree()
    assert codes(ntb, "secretariat") == []
    LegalProduct.objects.filter(pk=decree.pk).update(document=None)
    assert codes(ntb, "secretariat") == ["decree_registered.secretariat.document"]


def test_a_draft_decree_does_not_open_the_stage(people):
    here.decree("enactment")
    assert "decree_registered.enactment" not in codes(here.member(), "enactment")
    LegalProduct.objects.update(state="draft")
    assert "decree_registered.enactment" in codes(here.member(), "enactment")


# --- seats --------------------------------------------------------------------------------------------------


def test_an_institution_asks_and_only_the_secretariat_sees_it(people):
    seat = apply()
    assert seat.state == "applied"
    assert EMAIL.encode() not in bytes(seat.contact)
    assert sealing.unseal(seat.contact, place=f"action_plan_seat.contact:{seat.pk}") == EMAIL
    assert "Komunitas Literasi" not in "".join(bytes(row.body).decode() for row in EventRecord.objects.all())
    [mine] = [each for each in forum.forums_of(here.plan()) if each.member == here.member()]
    assert (mine.count, mine.waiting) == (0, 1)


def test_the_same_form_sent_twice_is_one_seat(people):
    key = uuid.uuid4()
    assert apply(key=key) == apply(key=key)


def test_admitted_it_is_told_once_and_the_address_is_gone(people):
    seat = apply()
    admitted = seats.admit_seat(
        seat=seat,
        place=place("", "community", institution="Komunitas Literasi"),
        by=people.viewer("sekretariat.ntb"),
        now=NOW,
    )
    assert (admitted.state, admitted.contact, admitted.name) == ("seated", None, "Komunitas Literasi")
    assert Message.objects.filter(recipient_index=outbox.address_index(EMAIL), kind=seats.DECIDED).count() == 1


def test_declined_it_is_told_why_and_the_log_keeps_the_reason_as_a_hash(people):
    seat = seats.decline_seat(seat=apply(), reason=REASON, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert (seat.state, seat.contact) == ("declined", None)
    assert Message.objects.filter(recipient_index=outbox.address_index(EMAIL)).count() == 1
    assert REASON not in "".join(bytes(row.body).decode() for row in EventRecord.objects.all())
    with pytest.raises(Refused) as refused:
        seats.decline_seat(seat=seat, reason=REASON, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert refused.value.code == "seat-decided-already"


def test_the_chair_names_who_monitors_and_the_secretariat_does_not(people):
    with pytest.raises(NotPermitted):
        give(people, code="deaguru-institute", duty="monitor")
    assert give(people, by="ketua.ntb", code="deaguru-institute", duty="monitor").state == "seated"
    with pytest.raises(NotPermitted):
        give(people, by="ketua.ntb")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"code": "ntb-inspektorat", "sector": "government", "duty": "monitor"}, "government-does-not-monitor"),
        ({"code": "ntb-inspektorat", "sector": "civil_society", "duty": "monitor"}, "seat-of-government-elsewhere"),
        ({"code": "", "institution": "Lembaga Kita", "duty": "monitor"}, "monitor-is-not-registered"),
    ],
)
def test_nobody_of_government_and_nobody_unknown_monitors(people, told, code):
    with pytest.raises(Refused) as refused:
        give(people, by="ketua.ntb", **told)
    assert refused.value.code == code


def test_whoever_carries_a_commitment_is_not_seated_as_monitor(people):
    here.commitment(
        people, institutions=[{"code": "ntb-bappeda", "role": "lead"}, {"code": "fitra-ntb", "role": "csos"}]
    )
    with pytest.raises(Refused) as refused:
        give(people, by="ketua.ntb", code="fitra-ntb", duty="monitor")
    assert refused.value.code == "monitor-carries-a-commitment"


def test_whoever_monitors_is_not_named_in_a_commitment(people):
    give(people, by="ketua.ntb", code="fitra-ntb", duty="monitor")
    named = [{"code": "ntb-bappeda", "role": "lead"}, {"code": "fitra-ntb", "role": "csos"}]
    with pytest.raises(Refused) as refused:
        here.commitment(people, institutions=named)
    assert refused.value.code == "institution-monitors-this-part"
    first = here.commitment(people)
    with pytest.raises(Refused) as refused:
        drafting.save_version(
            draft=first.draft,
            body=here.full_body(institutions=named),
            seen=1,
            note="",
            by=people.viewer("sekretariat.ntb"),
            now=NOW,
        )
    assert refused.value.code == "institution-monitors-this-part"


def test_whoever_monitors_one_member_may_carry_a_commitment_of_the_other(people):
    give(people, by="ketua.ksb", of="ksb", code="fitra-ntb", duty="monitor")
    here.commitment(people, institutions=[{"code": "fitra-ntb", "role": "lead"}])


def test_whoever_monitors_does_not_lead_the_forum(people):
    give(people, code="somasi-ntb", duty="chair")
    with pytest.raises(Refused) as refused:
        give(people, by="ketua.ntb", code="somasi-ntb", duty="monitor")
    assert refused.value.code == "monitor-leads-the-forum"


def test_a_seat_is_held_once_and_ends_with_a_day_and_a_reason(people):
    seat = give(people)
    with pytest.raises(Refused) as refused:
        give(people)
    assert refused.value.code == "seat-held-already"
    by = people.viewer("sekretariat.ntb")
    ended = seats.end_seat(seat=seat, until=date(2026, 4, 1), reason="Lembaga pindah wilayah.", by=by, now=NOW)
    assert ended.state == "ended"
    assert give(people).state == "seated"


def test_seats_without_decree_or_secretariat_keep_the_stage_open_by_name(people):
    here.decree()
    ntb = here.member()
    assert codes(ntb, "secretariat") == ["members_public.secretariat"]
    seat = here.seat("ntb-bappeda", "government", "secretariat")
    assert codes(ntb, "secretariat") == ["members_public.decree"]
    Seat.objects.filter(pk=seat.pk).update(decree=LegalProduct.objects.get(about="secretariat"))
    assert codes(ntb, "secretariat") == []


# --- what the database itself refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("government_does_not_monitor_itself", {"sector": "government", "duty": "monitor"}),
        ("monitor_is_a_registered_organisation", {"organisation": None, "institution": "Lembaga", "duty": "monitor"}),
        ("seat_that_is_not_held_says_why", {"state": "declined"}),
        ("seat_that_ended_says_when", {"state": "ended", "reason": "x"}),
        ("decided_seat_keeps_no_contact", {"contact": b"x"}),
    ],
)
def test_the_database_refuses_a_seat_that_cannot_be(people, rule, changes):
    seat = here.seat("somasi-ntb", "civil_society")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(**changes)


def test_the_database_refuses_a_promulgation_without_place_and_day(people):
    product = here.decree()
    with pytest.raises(IntegrityError, match="what_is_promulgated_says_where_and_when"), transaction.atomic():
        LegalProduct.objects.filter(pk=product.pk).update(state="promulgated", gazette="Berita Daerah")


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("partnership_is_with_one_institution", {"institution": "Perusahaan"}),
        ("partnership_ends_not_before_it_begins", {"ends_on": date(2025, 1, 1)}),
        ("partnership_has_number_and_subject", {"number": ""}),
    ],
)
def test_the_database_refuses_a_partnership_that_cannot_be(people, rule, changes):
    facts = {"number": "1", "subject": "S", "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}
    facts |= {"organisation": by_code("somasi-ntb"), "kind": "csr", "added_at": NOW}
    made = Partnership.objects.create(plan=here.plan(), member=here.member(), **facts)
    with pytest.raises(IntegrityError, match="realisation_says_something"), transaction.atomic():
        Realisation.objects.create(partnership=made, on=date(2026, 2, 1), text="", added_at=NOW)
    with pytest.raises(IntegrityError, match=r"partnership_is_registered_once|member_id"), transaction.atomic():
        Partnership.objects.create(plan=here.plan(), member=here.member(), **facts)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Partnership.objects.filter(pk=made.pk).update(**changes)

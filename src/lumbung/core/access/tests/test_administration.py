"""Inviting, granting, taking back, deactivating and handing over: the rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from lumbung.core.access.actions import administration
from lumbung.core.access.actions.administration import WantedRole
from lumbung.core.access.models import Account, Grant
from lumbung.core.access.queries import who_has_access
from lumbung.core.access.tests.cast import NOW, TODAY, account, holding, signed_in, viewer
from lumbung.core.base.actors import pseudonym_of
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner

pytestmark = pytest.mark.django_db

OFFICER = WantedRole("agency_officer", "ksb-pupr", "", "holder", TODAY, None)
COORDINATOR = WantedRole("coordinator", "", "52.07", "holder", TODAY, None)
ADMINISTRATOR = WantedRole("administrator", "", "", "holder", TODAY, None)


@pytest.fixture
def wira(people):
    """The only administrator."""
    Grant.objects.filter(role="administrator").delete()
    return holding("Wira", "administrator")


def events_of(of: Account) -> list[str]:
    told = EventRecord.objects.filter(subject_type="account", subject_id=pseudonym_of(str(of.pk)))
    return list(told.order_by("id").values_list("key", flat=True))


def give(to: Account, wanted: WantedRole, by: Account) -> Grant:
    return administration.give_role(account=to, wanted=wanted, by=viewer(by), now=NOW)


def test_an_invited_person_gets_a_link_and_no_password(wira):
    made = administration.invite(email="Sari@Contoh.test", name="Sari", language="id", by=viewer(wira), now=NOW)
    assert not made.has_usable_password()
    assert events_of(made) == ["access.account_invited"]
    runner.run_due()
    assert mail.outbox[0].to == ["sari@contoh.test"]
    assert "/akun/sandi/" in mail.outbox[0].body
    assert "Yth. Sari" in mail.outbox[0].body


def test_a_rolled_back_invitation_sends_no_mail(wira, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(administration, "_mail_link", broken)
    with pytest.raises(RuntimeError):
        administration.invite(email="sari@contoh.test", name="Sari", language="id", by=viewer(wira), now=NOW)
    assert not Account.objects.filter(email="sari@contoh.test").exists()


def test_one_address_has_one_account(wira):
    account("Sari")
    with pytest.raises(Refused) as refused:
        administration.invite(email="SARI@contoh.test", name="Lain", language="id", by=viewer(wira), now=NOW)
    assert (refused.value.code, refused.value.field) == ("account-exists", "email")


def test_an_address_invited_by_two_at_one_moment_is_one_account_and_one_calm_refusal(wira, monkeypatch):
    account("Sari")
    monkeypatch.setattr(administration, "_refuse_known", lambda _email: None)  # both looked before either wrote
    monkeypatch.setattr(administration.accounts, "invite_account", lambda **_given: account("Sari"))
    with pytest.raises(Refused) as refused:
        administration.invite(email="sari@contoh.test", name="Lain", language="id", by=viewer(wira), now=NOW)
    assert refused.value.code == "account-exists"


def test_a_role_is_granted_with_who_gave_it(wira):
    sari = account("Sari")
    grant = give(sari, OFFICER, wira)
    assert (grant.granted_by, grant.valid_from) == (wira, TODAY)
    assert events_of(sari) == ["access.role_granted"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (replace(OFFICER, organisation_code=""), "grant-organisation"),
        (replace(ADMINISTRATOR, organisation_code="ksb-pupr"), "grant-organisation"),
        (replace(COORDINATOR, region_code=""), "grant-region"),
        (replace(OFFICER, region_code="52.07"), "grant-region"),
        (replace(OFFICER, standing="plt"), "acting-needs-end"),
        (replace(OFFICER, standing="plh"), "acting-needs-end"),
        (replace(OFFICER, until=TODAY - timedelta(days=1)), "ends-before-it-begins"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_beside_its_field(wira, wanted, code):
    with pytest.raises(Refused) as refused:
        give(account("Sari"), wanted, wira)
    assert refused.value.code == code
    assert refused.value.field
    assert not Grant.objects.filter(account__name="Sari").exists()


def test_the_same_role_is_not_held_twice_at_a_time(wira):
    sari = account("Sari")
    give(sari, OFFICER, wira)
    with pytest.raises(Refused) as refused:
        give(sari, replace(OFFICER, since=TODAY + timedelta(days=9)), wira)
    assert refused.value.code == "role-held-already"


def test_an_acting_role_that_ended_may_be_given_again(wira):
    sari = account("Sari")
    give(sari, replace(OFFICER, standing="plt", until=TODAY), wira)
    give(sari, replace(OFFICER, since=TODAY + timedelta(days=1)), wira)
    assert sari.grants.count() == 2


def test_nobody_gives_a_personal_data_role_to_themselves(wira):
    with pytest.raises(Refused) as refused:
        give(wira, COORDINATOR, wira)
    assert refused.value.code == "second-person-needed"
    give(wira, OFFICER, wira)


def test_handing_an_inbox_to_oneself_is_no_way_around_the_second_person(wira):
    sari = holding("Sari", "coordinator", region="52.07")
    with pytest.raises(Refused) as refused:
        administration.hand_over_inbox(sender=sari, receiver=wira, by=viewer(wira), now=NOW)
    assert refused.value.code == "second-person-needed"


def test_taking_a_role_back_twice_is_refused(wira):
    grant = give(account("Sari"), OFFICER, wira)
    administration.take_role(grant=grant, by=viewer(wira), now=NOW)
    with pytest.raises(Refused) as refused:
        administration.take_role(grant=grant, by=viewer(wira), now=NOW)
    assert refused.value.code == "grant-already-revoked"


def test_the_last_administrator_keeps_the_role(wira):
    with pytest.raises(Refused) as refused:
        administration.take_role(grant=wira.grants.get(), by=viewer(wira), now=NOW)
    assert refused.value.code == "last-administrator"


def test_an_acting_administrator_does_not_count_as_a_lasting_one(wira):
    holding("Sari", "administrator", since=TODAY, until=TODAY + timedelta(days=3))
    with pytest.raises(Refused) as refused:
        administration.take_role(grant=wira.grants.get(), by=viewer(wira), now=NOW)
    assert refused.value.code == "last-administrator"


def test_the_last_administrator_cannot_be_deactivated(wira):
    acting = holding("Sari", "administrator", since=TODAY, until=TODAY)
    with pytest.raises(Refused) as refused:
        administration.deactivate(account=wira, by=viewer(acting), now=NOW)
    assert refused.value.code == "last-administrator"


def test_one_of_two_administrators_may_go(wira):
    sari = holding("Sari", "administrator")
    administration.deactivate(account=wira, by=viewer(sari), now=NOW)
    wira.refresh_from_db()
    assert not wira.is_active


def test_nobody_deactivates_themselves(wira):
    holding("Sari", "administrator")
    with pytest.raises(Refused) as refused:
        administration.deactivate(account=wira, by=viewer(wira), now=NOW)
    assert refused.value.code == "own-account"


def test_a_deactivated_account_comes_back_with_its_roles(wira):
    sari = account("Sari")
    give(sari, OFFICER, wira)
    administration.deactivate(account=sari, by=viewer(wira), now=NOW)
    administration.reactivate(account=sari, by=viewer(wira), now=NOW)
    sari.refresh_from_db()
    assert viewer(sari).held
    assert events_of(sari)[-2:] == ["access.account_deactivated", "access.account_reactivated"]


def test_activating_an_active_account_changes_nothing(wira):
    with pytest.raises(Refused):
        administration.reactivate(account=account("Sari"), by=viewer(wira), now=NOW)


def test_handing_over_moves_every_role_in_one_action(wira):
    sari, rina = account("Sari"), account("Rina")
    give(sari, OFFICER, wira)
    give(sari, replace(COORDINATOR, standing="plt", until=TODAY + timedelta(days=9)), wira)
    assert administration.hand_over_inbox(sender=sari, receiver=rina, by=viewer(wira), now=NOW) == 2
    assert not viewer(sari).held
    assert {(held.role, held.standing) for held in viewer(rina).held} == {
        ("agency_officer", "holder"),
        ("coordinator", "plt"),
    }
    assert events_of(sari)[-1] == events_of(rina)[-1] == "access.inbox_handed_over"


def test_handing_over_does_not_double_what_the_receiver_holds(wira):
    sari, rina = account("Sari"), account("Rina")
    give(sari, OFFICER, wira)
    give(rina, OFFICER, wira)
    administration.hand_over_inbox(sender=sari, receiver=rina, by=viewer(wira), now=NOW)
    assert rina.grants.count() == 1


@pytest.mark.parametrize("role", ["administrator", "calendar_keeper"])
def test_who_acts_for_a_few_days_still_receives_the_lasting_role(wira, role):
    sender = wira if role == "administrator" else holding("Sari", role)
    rina = holding("Rina", role, since=TODAY, until=TODAY + timedelta(days=3))
    administration.hand_over_inbox(sender=sender, receiver=rina, by=viewer(wira), now=NOW)
    assert rina.grants.filter(role=role, valid_to=None, revoked_at=None).count() == 1


def test_the_only_administrator_may_hand_the_post_to_another(wira):
    sari = account("Sari")
    administration.hand_over_inbox(sender=wira, receiver=sari, by=viewer(wira), now=NOW)
    assert [held.role for held in viewer(sari).held] == ["administrator"]


@pytest.mark.parametrize("case", ["same", "inactive", "empty"])
def test_an_inbox_goes_to_another_active_account_and_holds_something(wira, case):
    sari, rina = account("Sari"), account("Rina")
    if case != "empty":
        give(sari, OFFICER, wira)
    if case == "inactive":
        administration.deactivate(account=rina, by=viewer(wira), now=NOW)
        rina.refresh_from_db()
    with pytest.raises(Refused):
        administration.hand_over_inbox(sender=sari, receiver=sari if case == "same" else rina, by=viewer(wira), now=NOW)


def test_a_session_ends_when_roles_change(wira):
    sari = holding("Sari", "calendar_keeper")
    client = signed_in(sari)
    assert client.get("/akun/beranda/").status_code == 200
    give(sari, OFFICER, wira)
    assert client.get("/akun/beranda/").status_code == 302
    client = signed_in(Account.objects.get(pk=sari.pk))
    administration.take_role(grant=sari.grants.get(role="agency_officer"), by=viewer(wira), now=NOW)
    assert client.get("/akun/beranda/").status_code == 302


def test_a_session_ends_when_the_account_is_deactivated(wira):
    sari = account("Sari")
    client = signed_in(sari)
    administration.deactivate(account=sari, by=viewer(wira), now=NOW)
    assert client.get("/akun/beranda/").status_code == 302
    administration.reactivate(account=sari, by=viewer(wira), now=NOW)
    assert client.get("/akun/beranda/").status_code == 302  # the old session does not come back to life


@pytest.mark.parametrize("email", ["koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb", "kader.ksb", "kalender"])
def test_only_an_administrator_may(people, email):
    by, sari = people.viewer(email), account("Sari")
    grant = Grant.objects.create(account=sari, role="calendar_keeper", valid_from=TODAY)
    steps = [
        lambda: administration.invite(email="x@contoh.test", name="X", language="id", by=by, now=NOW),
        lambda: administration.renew_invitation(account=sari, by=by, now=NOW),
        lambda: administration.give_role(account=sari, wanted=ADMINISTRATOR, by=by, now=NOW),
        lambda: administration.take_role(grant=grant, by=by, now=NOW),
        lambda: administration.deactivate(account=sari, by=by, now=NOW),
        lambda: administration.reactivate(account=sari, by=by, now=NOW),
        lambda: administration.hand_over_inbox(sender=sari, receiver=people.account("admin"), by=by, now=NOW),
        lambda: who_has_access(by, day=TODAY),
    ]
    for step in steps:
        with pytest.raises(NotPermitted):
            step()


def test_who_has_access_puts_personal_data_first_and_shows_protection(people, wira):
    rows = who_has_access(viewer(wira), day=people_day())
    assert rows[0].sees_personal_data
    assert [row.sees_personal_data for row in rows] == sorted((r.sees_personal_data for r in rows), reverse=True)
    assert not any(row.has_two_step for row in rows)


def people_day():
    from datetime import date  # noqa: PLC0415

    return date(2026, 3, 26)


def test_the_log_names_no_person(wira):
    sari = administration.invite(email="sari@contoh.test", name="Baiq Sari", language="id", by=viewer(wira), now=NOW)
    give(sari, OFFICER, wira)
    administration.hand_over_inbox(sender=sari, receiver=account("Rina"), by=viewer(wira), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM events_eventrecord")
        everything = b"".join(bytes(row[0]) for row in cursor.fetchall())
    for hidden in (b"Sari", b"sari@", b"Rina", str(sari.pk).encode()):
        assert hidden not in everything

"""Set-password links: one account, one use, and an end when they are withdrawn."""

import pytest
from django.core import mail
from django.test import Client

from lumbung.core.access import invitations
from lumbung.core.access.actions import administration
from lumbung.core.access.models import Account
from lumbung.core.access.tests.cast import NOW, account, holding, viewer
from lumbung.core.jobs import runner

pytestmark = pytest.mark.django_db

CHOSEN, ANOTHER = "sandi-baru-yang-panjang", "sandi-lain-yang-panjang"


@pytest.fixture
def wira(people):
    return holding("Wira", "administrator")


@pytest.fixture
def sari(wira):
    """Invited, with a link in her hand."""
    return administration.invite(email="sari@contoh.test", name="Sari", language="id", by=viewer(wira), now=NOW)


def sets_a_password(link: str, browser: Client | None = None, *, chosen: str = CHOSEN) -> bool:
    """Whether whoever holds the link becomes the account."""
    browser = browser or Client()
    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    return Account.objects.get(email="sari@contoh.test").check_password(chosen)


def test_a_link_works_once(sari):
    link = invitations.path_for(sari)
    assert sets_a_password(link)
    assert not sets_a_password(link, chosen=ANOTHER)


def test_a_new_invitation_ends_the_link_before_it(sari, wira):
    lost = invitations.path_for(sari)
    renewed = administration.renew_invitation(account=sari, by=viewer(wira), now=NOW)
    renewed.refresh_from_db()
    assert not sets_a_password(lost)
    assert sets_a_password(invitations.path_for(renewed))


def test_a_link_of_a_deactivated_account_sets_no_password(sari, wira):
    link = invitations.path_for(sari)
    administration.deactivate(account=sari, by=viewer(wira), now=NOW)
    assert not sets_a_password(link)


def test_a_link_does_not_come_back_to_life_with_the_account(sari, wira):
    link = invitations.path_for(sari)
    administration.deactivate(account=sari, by=viewer(wira), now=NOW)
    administration.reactivate(account=sari, by=viewer(wira), now=NOW)
    assert not sets_a_password(link)


def test_a_link_opened_before_the_account_was_deactivated_is_worth_nothing_after(sari, wira):
    browser = Client()
    page = browser.get(invitations.path_for(sari), follow=True).request["PATH_INFO"]
    administration.deactivate(account=sari, by=viewer(wira), now=NOW)
    assert not sets_a_password(page, browser)


def test_granting_a_role_leaves_the_invitation_alive(sari, wira):
    link = invitations.path_for(sari)
    wanted = administration.WantedRole("calendar_keeper", "", "", "holder", NOW.date(), None)
    administration.give_role(account=sari, wanted=wanted, by=viewer(wira), now=NOW)
    assert sets_a_password(link)


@pytest.mark.parametrize("way", ["invited", "forgotten"])
def test_links_in_mail_lead_to_our_own_address_whatever_host_was_asked(sari, settings, way):
    settings.LUMBUNG_URL, settings.ALLOWED_HOSTS = "https://data.contoh.go.id", ["*"]
    mail.outbox.clear()
    if way == "forgotten":
        Client().post("/akun/sandi/lupa/", {"email": sari.email}, headers={"host": "jahat.contoh"})
    runner.run_due()
    assert "https://data.contoh.go.id/akun/sandi/" in mail.outbox[-1].body
    assert "jahat" not in mail.outbox[-1].body


STRANGE = ["zz-abc", "0-0", "00000000000000000000000000000000-x", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-set-password"]


@pytest.mark.parametrize("key", [*STRANGE, "9" * 3000 + "-x", "1-%00", "1-a%0d%0aSet-Cookie:x"])
def test_an_altered_link_is_answered_calmly(key):
    assert Client().get(f"/akun/sandi/{key}/").status_code in {200, 404}


def test_a_link_of_one_account_does_not_open_another(sari):
    rina = account("Rina")
    key = invitations.path_for(sari).rstrip("/").split("-", 1)[1]
    assert Client().get(f"/akun/sandi/{rina.pk.hex}-{key}/").status_code == 200
    assert not Account.objects.get(pk=rina.pk).check_password(CHOSEN)

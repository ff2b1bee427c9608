"""The administrator's pages, sign-in, and two-step verification, through the browser's door."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from lumbung.core.access import invitations
from lumbung.core.access.actions.administration import renew_invitation
from lumbung.core.access.adapter import GUESS_ACCOUNT
from lumbung.core.access.models import Account, Grant
from lumbung.core.access.tests.cast import NOW, PASSWORD, account, holding, signed_in, today, viewer
from lumbung.core.jobs import runner
from lumbung.core.limits.models import Bucket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_attempts_remembered():
    """The sign-in library counts failures in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def wira(people):
    return holding("Wira", "administrator")


@pytest.fixture
def admin(wira):
    return signed_in(wira)


def page_of(of: Account) -> str:
    return reverse("access:account", kwargs={"account_id": of.pk})


def test_accounts_are_found_by_name_or_email(admin):
    found = admin.get("/kelola/akun/?q=koordinator+ksb").content.decode()
    assert "koordinator.ksb@contoh.id" in found
    assert "koordinator.ntb@contoh.id" not in found


def test_a_search_without_result_says_what_to_do(admin):
    page = admin.get("/kelola/akun/", {"q": "<b>zz\x00"}).content.decode()
    assert 'class="empty"' in page
    assert "<b>zz" not in page


def test_from_invitation_to_first_sign_in(admin):
    answer = admin.post("/kelola/akun/undang/", {"name": "Sari", "email": "sari@contoh.test", "language": "id"})
    assert answer.status_code == 303
    runner.run_due()
    link = re.search(r"http://[^/]+(/akun/sandi/\S+)", mail.outbox[-1].body).group(1)
    guest = Client()
    form = guest.get(link, follow=True)
    words = {"password1": "tiga ekor kuda putih", "password2": "tiga ekor kuda putih"}
    guest.post(form.redirect_chain[-1][0], words)
    assert "kedaluwarsa" in Client().get(link, follow=True).content.decode()  # once only
    signed = Client()
    answer = signed.post("/akun/login/", {"login": "sari@contoh.test", "password": "tiga ekor kuda putih"})
    assert answer["Location"] == "/akun/beranda/"


def test_an_invitation_expires(wira, settings):
    sari = account("Sari")
    link = invitations.path_for(sari)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "kedaluwarsa" in Client().get(link, follow=True).content.decode()


LINK = re.compile(r'href="http://testserver/akun/sandi/[^"]+"')


def test_in_production_the_administrator_never_sees_the_link(admin):
    made = {"name": "Sari", "email": "sari@contoh.test", "language": "id"}
    assert not LINK.search(admin.post("/kelola/akun/undang/", made, follow=True).content.decode())


def test_in_the_demonstration_the_link_is_shown_once(admin, settings):
    settings.IS_DEMO = True
    made = {"name": "Sari", "email": "sari@contoh.test", "language": "id"}
    assert LINK.search(admin.post("/kelola/akun/undang/", made, follow=True).content.decode())
    again = admin.get(page_of(Account.objects.get(email="sari@contoh.test"))).content.decode()
    assert not LINK.search(again)


def test_a_deactivated_account_gets_no_invitation_mail(wira):
    sari = account("Sari")
    renew_invitation(account=sari, by=viewer(wira), now=NOW)
    Account.objects.filter(pk=sari.pk).update(is_active=False)
    runner.run_due()
    assert not mail.outbox


def test_a_role_is_given_and_taken_through_the_pages(admin):
    sari = account("Sari")
    form = {"role": "agency_officer", "organisation": "ksb-pupr", "standing": "holder", "since": "01-03-2026"}
    assert admin.post(f"{page_of(sari)}beri-peran/", form).status_code == 303
    grant = sari.grants.get()
    page = admin.get(page_of(sari)).content.decode()
    assert "Pejabat penghubung" in page
    assert "Wira" in page
    assert admin.get(f"/kelola/akun/peran/{grant.pk}/cabut/").status_code == 200
    assert admin.post(f"/kelola/akun/peran/{grant.pk}/cabut/").status_code == 303
    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert "dicabut" in admin.get(page_of(sari)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": ""},
        {"role": "emperor"},
        {"organisation": "tidak-ada"},
        {"organisation": ""},
        {"since": "besok"},
        {"standing": "plt"},
        {"standing": "plt", "until": "2020-01-01"},
    ],
)
def test_a_wrong_grant_is_answered_beside_the_field_and_changes_nothing(admin, wrong):
    sari = account("Sari")
    form = {"role": "agency_officer", "organisation": "ksb-pupr", "standing": "holder", "since": "2026-03-01"}
    answer = admin.post(f"{page_of(sari)}beri-peran/", {**form, **wrong})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert not sari.grants.exists()


def test_handing_over_and_deactivating_through_the_pages(admin):
    sari, rina = holding("Sari", "calendar_keeper"), account("Rina")
    assert admin.post(f"{page_of(sari)}serahkan/", {"receiver": ""}).status_code == 422
    assert admin.post(f"{page_of(sari)}serahkan/", {"receiver": rina.pk}).status_code == 303
    assert rina.grants.get().role == "calendar_keeper"
    assert admin.get(f"{page_of(sari)}nonaktifkan/").status_code == 200
    admin.post(f"{page_of(sari)}nonaktifkan/")
    sari.refresh_from_db()
    assert not sari.is_active
    assert signed_in(sari).get("/akun/beranda/").status_code == 302
    admin.post(f"{page_of(sari)}aktifkan/")
    sari.refresh_from_db()
    assert sari.is_active


def test_a_refusal_is_told_on_the_account_page(admin, wira):
    answer = admin.post(f"{page_of(wira)}nonaktifkan/", follow=True)
    assert "tidak dapat menonaktifkan akun sendiri" in answer.content.decode()


def test_who_has_access_can_be_narrowed_to_a_role(admin):
    page = admin.get("/kelola/akun/siapa/?peran=coordinator").content.decode()
    assert "Admin Koordinator NTB (contoh)" in page
    assert "Pejabat Penghubung PUPR" not in page
    assert 'class="empty"' in admin.get("/kelola/akun/siapa/?peran=none").content.decode()


def test_an_account_that_is_gone_is_not_found(admin):
    assert admin.get("/kelola/akun/01900000-0000-7000-8000-000000000000/").status_code == 404
    assert admin.get("/kelola/akun/peran/999999/cabut/").status_code == 404


def managed_addresses(sari: Account, grant: Grant) -> list[str]:
    steps = ["", "undang-lagi/", "beri-peran/", "nonaktifkan/", "aktifkan/", "serahkan/"]
    lists = ["/kelola/akun/", "/kelola/akun/siapa/", "/kelola/akun/undang/", f"/kelola/akun/peran/{grant.pk}/cabut/"]
    return [*lists, *(f"{page_of(sari)}{step}" for step in steps)]


@pytest.mark.parametrize("email", ["pupr.ksb", "kepala.pupr.ksb", "koordinator.ksb", "kader.ksb", "kalender"])
def test_no_other_role_opens_or_posts_to_a_page_of_accounts(people, email):
    client = Client()
    client.force_login(people.account(email), backend="allauth.account.auth_backends.AuthenticationBackend")
    sari = holding("Sari", "calendar_keeper")
    before = (Account.objects.count(), Grant.objects.filter(revoked_at=None).count())
    for address in managed_addresses(sari, sari.grants.get()):
        form = {"email": "x@contoh.test", "name": "X", "language": "id", "role": "administrator", "standing": "holder"}
        assert client.post(address, {**form, "since": "2026-03-01"}).status_code in {403, 405}, address
        assert client.get(address).status_code in {403, 405}, address
    assert (Account.objects.count(), Grant.objects.filter(revoked_at=None).count()) == before


def test_a_guest_is_sent_to_sign_in(people):
    sari = holding("Sari", "calendar_keeper")
    for address in managed_addresses(sari, sari.grants.get()):
        answer = Client().post(address)
        assert answer.status_code == 405 or answer["Location"].startswith("/akun/login/")


# Signing in


def test_signing_in_leads_to_ones_own_page(people):
    client = Client()
    page = client.get("/akun/login/").content.decode()
    assert "Lupa kata sandi" in page
    answer = client.post("/akun/login/", {"login": account("Sari").email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/beranda/")
    assert client.cookies["sessionid"]["expires"] == ""  # ends with the browser


def test_a_wrong_password_says_so_without_saying_which_half_is_wrong(people):
    account("Sari")
    sentences = set()
    for email in ("sari@contoh.test", "tidakada@contoh.test"):
        page = Client().post("/akun/login/", {"login": email, "password": "salah-salah-salah"}).content.decode()
        sentences.update(re.findall(r'<p class="error">(.*?)</p>|<li>(Alamat surel.*?)</li>', page))
    assert len(sentences) == 1


def test_the_eleventh_guess_within_an_hour_is_refused_even_with_the_right_password(people, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    sari = account("Sari")
    for _ in range(GUESS_ACCOUNT.count):
        Client().post("/akun/login/", {"login": sari.email, "password": "salah-salah-salah"})
    answer = Client().post("/akun/login/", {"login": sari.email.upper(), "password": PASSWORD})
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "coba lagi pukul" in answer.content.decode()


def test_a_right_password_forgets_the_wrong_ones(people, settings):
    settings.LUMBUNG_LIMIT_FACTOR = 1
    sari = account("Sari")
    for _ in range(5):
        Client().post("/akun/login/", {"login": sari.email, "password": "salah-salah-salah"})
    Client().post("/akun/login/", {"login": sari.email, "password": PASSWORD})
    assert not Bucket.objects.filter(kind=GUESS_ACCOUNT.kind).exists()


def test_nobody_signs_up(people):
    assert "undangan" in Client().get("/akun/daftar/").content.decode()
    form = {"email": "x@contoh.test", "password1": "tiga ekor kuda putih", "password2": "tiga ekor kuda putih"}
    Client().post("/akun/daftar/", form)
    assert not Account.objects.filter(email="x@contoh.test").exists()


def test_a_forgotten_password_tells_nobody_whether_the_account_exists(people):
    account("Sari")
    pages = [
        Client().post("/akun/sandi/lupa/", {"email": email}, follow=True).content.decode()
        for email in ("sari@contoh.test", "tidakada@contoh.test")
    ]
    assert "Periksa surel Anda" in pages[0]
    assert "Periksa surel Anda" in pages[1]
    assert [message.to for message in mail.outbox] == [["sari@contoh.test"]]
    assert "kata sandi baru" in mail.outbox[0].body


def test_a_short_or_common_password_is_refused(people):
    client = signed_in(account("Sari"))
    for weak in ("pendek", "q1w2e3r4t5y6", "sari@contoh.test"):
        form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        assert 'class="errors"' in client.post("/akun/sandi/ganti/", form).content.decode()


PAGES = ["login", "logout", "sandi/ganti", "sandi/lupa", "dua-langkah", "sandi/lupa/terkirim", "sandi/tersimpan"]


@pytest.mark.parametrize("address", [*PAGES, "daftar", "nonaktif", "dua-langkah/totp/activate"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_signing_in_is_in_our_frame(people, address, prefix):
    client = signed_in(account("Sari")) if address not in {"login", "daftar"} else Client()
    if address == "dua-langkah/totp/activate":
        client.post(f"{prefix}/akun/pastikan/", {"password": PASSWORD})
    answer = client.get(f"{prefix}/akun/{address}/", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="skip"' in page
    assert f'<html lang="{"en" if prefix else "id"}"' in page


# Two-step verification


@pytest.fixture
def coordinator(people, settings):
    settings.LUMBUNG_REQUIRE_TWO_STEP = True
    return holding("Rina", "coordinator", region="52.07", since=today() - timedelta(days=9))


WALL = "/akun/dua-langkah/totp/activate/"


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ksb/",
        "/ksb/laporan/kotak-masuk/",
        "/ksb/laporan/akun/",
        "/en/ksb/laporan/kotak-masuk/",
        "/akun/beranda/",
        "/en/akun/beranda/",
        "/kelola/akun/",
        "/kelola/akun/undang/",
        "/ksb/laporan/KSB-2026-000001/kerja/identitas/",
        "/wilayah/cari.json?q=akun",
        "/akun/dua-langkah/totp/deactivate/",
        "/akun/dua-langkah/recovery-codes/",
    ],
)
def test_without_two_step_a_personal_data_role_reaches_nothing(coordinator, method, address):
    answer = getattr(signed_in(coordinator), method)(address)
    assert answer.status_code == 302, address
    assert answer["Location"].endswith(WALL)


def test_an_unknown_address_shows_nothing_either(coordinator):
    assert signed_in(coordinator).get("/akun//ksb/laporan/kotak-masuk/").status_code == 404


def test_a_program_is_told_in_json(coordinator, rf):
    from lumbung.core.access.middleware import TwoStepMiddleware  # noqa: PLC0415

    request = rf.get("/api/v1/reports", headers={"cookie": "sessionid=x"})
    request.viewer = viewer_today(coordinator)
    answer = TwoStepMiddleware(lambda _r: None).process_view(request, None, (), {})
    assert answer.status_code == 403
    assert b"two-step-needed" in answer.content


def viewer_today(of: Account):
    from lumbung.core.access.queries import viewer_for  # noqa: PLC0415

    return viewer_for(of, day=today())


def test_the_way_to_switch_it_on_and_to_leave_stays_open(coordinator):
    client = signed_in(coordinator)
    assert client.get("/akun/pastikan/").status_code in {200, 302}
    assert client.get("/akun/logout/").status_code == 200
    client.post("/akun/pastikan/", {"password": PASSWORD})
    assert client.get(WALL).status_code == 200


def test_recovery_codes_alone_are_not_two_steps(coordinator):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(coordinator).get("/ksb/").status_code == 302


def test_switched_on_it_opens_the_inbox(coordinator):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={})
    assert signed_in(coordinator).get("/ksb/laporan/kotak-masuk/").status_code == 200


def test_a_password_alone_does_not_sign_in_once_it_is_on(coordinator):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.post("/akun/login/", {"login": coordinator.email, "password": PASSWORD})
    assert client.get("/ksb/laporan/kotak-masuk/")["Location"].startswith("/akun/login/")


def test_other_roles_and_guests_are_not_asked(people, settings):
    settings.LUMBUNG_REQUIRE_TWO_STEP = True
    assert Client().get("/ksb/").status_code == 200
    assert signed_in(holding("Sari", "calendar_keeper")).get("/akun/beranda/").status_code == 200

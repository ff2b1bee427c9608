"""Codes of two-step verification: not guessed, not used twice, and not readable in a copy of the database."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from lumbung.core.access import two_step
from lumbung.core.access.tests.cast import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db

CODE_PAGE = "/akun/dua-langkah/authenticate/"
HOME = "/akun/beranda/"
WRONG = ["000000", "", "x" * 10_000, "\x00", "😀😀😀", "１２３４５６", "<b>", "-1"]


@pytest.fixture(autouse=True)
def as_after_a_restart(settings):
    """The library's own memory is empty, as in a fresh process; the limits are those of an installation."""
    settings.LUMBUNG_LIMIT_FACTOR = 1
    cache.clear()


@pytest.fixture
def rina():
    """Somebody with two-step verification on."""
    made = account("Rina")
    made.secret = generate_totp_secret()
    TOTP.activate(made, made.secret)
    return made


def code_of(somebody) -> str:
    return format_hotp_value(hotp_value(somebody.secret, int(time.time()) // 30))


def before_the_code(somebody) -> Client:
    client = Client()
    client.post("/akun/login/", {"login": somebody.email, "password": PASSWORD})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def guess(client: Client, times: int, code: str = "000000") -> int:
    status = 0
    for _ in range(times):
        cache.clear()  # each guess meets another process
        status = client.post(CODE_PAGE, {"code": code}).status_code
    return status


def test_the_right_code_signs_in(rina):
    client = before_the_code(rina)
    client.post(CODE_PAGE, {"code": code_of(rina)})
    assert is_signed_in(client)


def test_codes_of_one_account_cannot_be_guessed_by_asking_many_processes(rina):
    client = before_the_code(rina)
    assert guess(client, 10) == 200
    assert guess(client, 1) == 429
    client.post(CODE_PAGE, {"code": code_of(rina)})
    assert not is_signed_in(client)


def test_the_refusal_says_when_to_come_back(rina):
    client = before_the_code(rina)
    guess(client, 10)
    answer = client.post(CODE_PAGE, {"code": "000000"})
    assert "coba lagi pukul" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


def test_guesses_at_one_account_do_not_lock_another(rina):
    guess(before_the_code(rina), 11)
    sari = account("Sari")
    sari.secret = generate_totp_secret()
    TOTP.activate(sari, sari.secret)
    client = before_the_code(sari)
    client.post(CODE_PAGE, {"code": code_of(sari)})
    assert is_signed_in(client)


def test_one_address_does_not_guess_at_many_accounts(rina, monkeypatch):
    monkeypatch.setattr(two_step, "GUESS_ADDRESS", two_step.Limit("tests-address", count=2, per_seconds=3600))
    client = before_the_code(rina)
    assert guess(client, 3) == 429


def test_a_right_code_forgives_the_wrong_ones_before_it(rina):
    client = before_the_code(rina)
    guess(client, 9)
    client.post(CODE_PAGE, {"code": code_of(rina)})
    assert is_signed_in(client)
    assert guess(before_the_code(rina), 10) == 200


def test_a_code_read_over_the_shoulder_does_not_sign_in_again(rina):
    code = code_of(rina)
    before_the_code(rina).post(CODE_PAGE, {"code": code})
    cache.clear()  # the second one asks another process
    onlooker = before_the_code(rina)
    answer = onlooker.post(CODE_PAGE, {"code": f"{code[:3]} {code[3:]}"})
    assert 'class="errors"' in answer.content.decode()
    assert not is_signed_in(onlooker)


def test_the_second_question_before_something_delicate_is_limited_too(rina):
    client = signed_in(rina)
    address = "/akun/dua-langkah/reauthenticate/"
    statuses = []
    for _ in range(11):
        cache.clear()
        statuses.append(client.post(address, {"code": "000000"}).status_code)
    assert statuses[-2:] == [200, 429]


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_is_typed_as_a_code_is_answered_beside_the_field(rina, wrong):
    answer = before_the_code(rina).post(CODE_PAGE, {"code": wrong})
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()


def test_a_copy_of_the_database_gives_no_code_away(rina):
    RecoveryCodes.activate(rina)
    for kept in Authenticator.objects.filter(user=rina):
        assert rina.secret not in str(kept.data)
        assert kept.data.get("seed", "sealed:").startswith("sealed:")


def test_a_secret_kept_before_sealing_still_signs_in(rina):
    Authenticator.objects.filter(user=rina).update(data={"secret": rina.secret})
    client = before_the_code(rina)
    client.post(CODE_PAGE, {"code": code_of(rina)})
    assert is_signed_in(client)

"""Reading LUMBUNG_EMAIL_URL and LUMBUNG_URL."""

import pytest

from lumbung.site import environment, mail


def test_no_address_means_that_mail_stays_in_the_outbox():
    assert mail.transport("").backend == ""


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.contoh.go.id", 25, False, False),
        ("smtp://mail.contoh.go.id:2525", 2525, False, False),
        ("smtp+tls://user:a%40b@mail.contoh.go.id", 587, True, False),
        ("smtps://user:a%40b@mail.contoh.go.id", 465, False, True),
    ],
)
def test_smtp_addresses(url, port, starttls, tls):
    found = mail.transport(url)
    assert (found.host, found.port, found.starttls, found.tls) == ("mail.contoh.go.id", port, starttls, tls)
    assert found.password == ("a@b" if "user" in url else "")


def test_a_provider_is_named_by_its_key():
    found = mail.transport("brevo://Kunci-123@")
    assert found.backend == "anymail.backends.brevo.EmailBackend"
    assert found.anymail == {"BREVO_API_KEY": "Kunci-123"}
    assert mail.transport("mailgun://k@mg.contoh.go.id").anymail["MAILGUN_SENDER_DOMAIN"] == "mg.contoh.go.id"


@pytest.mark.parametrize("provider", sorted(mail.PROVIDERS))
def test_each_provider_is_one_the_library_has(provider, settings):
    from django.core.mail import get_connection  # noqa: PLC0415

    found = mail.transport(f"{provider}://kunci@contoh.go.id")
    settings.ANYMAIL = found.anymail
    assert get_connection(found.backend) is not None


@pytest.mark.parametrize("url", ["mail.contoh.go.id", "http://x", "smtp://", "brevo://", "smtp://x:port"])
def test_a_malformed_address_stops_the_start_with_its_name(url):
    with pytest.raises(environment.SettingError, match="LUMBUNG_EMAIL_URL"):
        environment.read({"LUMBUNG_EMAIL_URL": url})


def test_the_sentence_about_a_malformed_address_keeps_its_password():
    with pytest.raises(environment.SettingError) as stopped:
        environment.read({"LUMBUNG_EMAIL_URL": "smpt://user:rahasia-sekali@mail.contoh.go.id"})
    assert "mail.contoh.go.id" in str(stopped.value)
    assert "rahasia-sekali" not in str(stopped.value)


@pytest.mark.parametrize("url", ["data.contoh.go.id", "ftp://x", "https://"])
def test_a_malformed_site_address_stops_the_start_with_its_name(url):
    with pytest.raises(environment.SettingError, match="LUMBUNG_URL"):
        environment.read({"LUMBUNG_URL": url})


def test_links_begin_with_the_named_address_else_the_first_host_else_this_machine():
    assert mail.root_address("https://a.go.id", ["b.go.id"], 8000) == "https://a.go.id"
    assert mail.root_address("", ["b.go.id"], 8000) == "https://b.go.id"
    assert mail.root_address("", [], 8080) == "http://127.0.0.1:8080"

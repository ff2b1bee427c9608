"""The commands about the public log: what they tell, in both languages, and when they change nothing."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from lumbung.core.log import actions, queries, signing
from lumbung.core.log.models import Beginning
from lumbung.core.log.standalone.lumbung_witness import public_key
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, Key
from lumbung.site.commands import application

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


@pytest.fixture
def signed(people, settings, tmp_path) -> str:
    """A log with a checkpoint and a witness, its keys in a folder of the test's own; the public line of its key."""
    settings.LUMBUNG_KEYS = tmp_path / "keys"
    actions.extend(now=NOW)
    key = Key("saksi.example", COSIGNATURE_KEY, public_key(b"s" * 32)).text
    actions.add_witness(key=key, title="Forum Warga", kind="civil_society", by=people.viewer("admin"), now=NOW)
    return signing.log_key().text


def told(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(application, list(words))
    return done.exit_code, " ".join(done.output.split())


def test_verify_says_how_many_of_our_own_signatures_it_checked(signed):
    code, output = told("verify", "--every-signature")
    assert code == 0, output
    assert "own signatures checked: 1" in output
    assert signed in output


def test_a_new_log_under_the_old_name_is_refused_in_both_languages(signed):
    code, output = told("new-log", "--reason", "Rusak.")
    assert code == 1
    assert "Pilih nama baru dahulu" in output
    assert "Choose a new name first" in output
    assert not Beginning.objects.exists()


def test_a_new_log_names_the_old_one_and_whom_to_tell(signed, settings):
    size = queries.newest_checkpoint().size
    settings.LUMBUNG_LOG_ORIGIN = "log-2.example/log"
    code, output = told("new-log", "--reason", "Cakram rusak.")
    assert code == 0, output
    assert f"lumbung.localhost/log, {size} catatan" in output
    assert "Forum Warga (saksi.example)" in output
    assert signing.log_key().text in output
    assert signing.log_key().text != signed


def test_a_checkpoint_to_begin_from_that_is_none_is_refused(signed, tmp_path, settings):
    settings.LUMBUNG_LOG_ORIGIN = "log-2.example/log"
    file = tmp_path / "titik.txt"
    file.write_text("bukan titik periksa")
    assert told("new-log", "--reason", "Rusak.", "--checkpoint", str(file))[0] == 2
    assert not Beginning.objects.exists()

"""Seals, keys, codes, ids and refusals: what everything else stands on."""

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from lumbung.core.base import actors, clock, ids, keys, sealing
from lumbung.core.base.errors import NotPermitted, Refused, TooMany

PLACE = "reports_reporter.name:1"


@given(st.text())
def test_what_is_sealed_opens_in_its_own_place(text):
    assert sealing.unseal(sealing.seal(text, place=PLACE), place=PLACE) == text


@given(st.integers(min_value=0, max_value=10_000))
def test_one_altered_byte_is_never_opened(where):
    sealed = bytearray(sealing.seal("Nama Contoh", place=PLACE))
    sealed[where % len(sealed)] ^= 1
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(bytes(sealed), place=PLACE)


@pytest.mark.parametrize("other", ["reports_reporter.name:2", "reports_reporter.phone:1", ""])
def test_a_seal_moved_to_another_row_or_column_does_not_open(other):
    with pytest.raises(sealing.SealBroken, match="altered or moved"):
        sealing.unseal(sealing.seal("Nama Contoh", place=PLACE), place=other)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02" + b"x" * 40, b"Nama Contoh", b"\x01" + b"\x00" * 28])
def test_what_was_never_a_seal_does_not_open(blob):
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(blob, place=PLACE)


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert sealing.seal("x", place=PLACE) != sealing.seal("x", place=PLACE)
    assert b"Nama Contoh" not in sealing.seal("Nama Contoh", place=PLACE)


def test_a_blind_index_finds_equals_within_its_purpose_only():
    one = sealing.blind_index("a", purpose="code")
    assert one == sealing.blind_index("a", purpose="code")
    assert one != sealing.blind_index("a", purpose="nik")
    assert sealing.blind_index("b", purpose="a") != sealing.blind_index("", purpose="ab")


def test_the_log_hash_needs_a_salt_of_sixteen_bytes():
    with pytest.raises(ValueError, match="salt has 4 bytes"):
        sealing.salted_hash("x", b"salt")
    assert sealing.salted_hash("x", b"0" * 16) != sealing.salted_hash("x", b"1" * 16)


@pytest.fixture
def key_folder(tmp_path, settings):
    settings.LUMBUNG_KEYS = tmp_path / "keys"
    yield settings.LUMBUNG_KEYS
    keys._key.cache_clear()


def test_keys_are_made_once_and_closed_to_others(key_folder):
    made = keys.sealing_key()
    file = key_folder / "sealing.key"
    assert len(made) == keys.KEY_BYTES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_folder.stat().st_mode) == 0o700
    keys._key.cache_clear()
    assert keys.sealing_key() == made
    assert len({keys.sealing_key(), keys.pseudonym_key(), keys.blind_index_key(), keys.access_code_key()}) == 4
    assert [path.name for path in key_folder.iterdir() if path.name.startswith(".")] == []


def test_processes_starting_together_end_with_the_same_key(key_folder):
    code = "import django; django.setup(); from lumbung.core.base import keys; print(keys.sealing_key().hex())"
    environment = {**os.environ, "LUMBUNG_KEYS": str(key_folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _number in range(4)
    ]
    assert len({process.communicate(timeout=60)[0].strip() for process in started}) == 1


def test_an_access_code_has_eighty_bits_and_no_look_alikes():
    code = ids.new_access_code()
    assert len(code) == ids.CODE_LENGTH
    assert not set(code) & set("ILOU")
    assert len({ids.new_access_code() for _number in range(500)}) == 500


@given(st.text(alphabet=ids.CODE_ALPHABET, min_size=16, max_size=16))
def test_a_code_read_aloud_and_typed_badly_is_the_same_code(code):
    assert ids.tidy_access_code(ids.spaced_access_code(code).lower()) == code
    assert ids.tidy_access_code(code.replace("1", "l").replace("0", "o").replace("V", "u")) == code
    assert ids.tidy_access_code(f" {code[:8]}-{code[8:]}.\n") == code


def test_the_id_of_an_event_tells_the_day_and_not_the_minute():
    first, second = ids.uuid7_of_day(date(2026, 3, 2)), ids.uuid7_of_day(date(2026, 3, 2))
    assert first.version == 7
    assert first != second
    assert first.int >> 80 == second.int >> 80
    milliseconds = first.int >> 80
    assert datetime.fromtimestamp(milliseconds / 1000, tz=UTC) == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_minute_before_midnight_in_lombok_belongs_to_that_day():
    assert clock.local_day(datetime(2026, 3, 2, 15, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert clock.local_day(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == date(2026, 3, 3)


def test_a_pseudonym_is_steady_short_and_says_nothing():
    account = "2f0c1d3e-0000-4000-8000-000000000000"
    assert actors.pseudonym_of(account) == actors.pseudonym_of(account)
    assert len(actors.pseudonym_of(account)) == 12
    assert actors.pseudonym_of(account) not in account
    assert set(actors.GUEST.as_payload()) == {"kind", "role", "organisation", "id"}


def test_a_refusal_speaks_the_readers_language_and_keeps_its_code():
    refused = Refused("x", _("Shorten this to %(most)s characters."), field="text", most=5)
    with translation.override("en"):
        assert refused.sentence == "Shorten this to 5 characters."
    assert (refused.code, refused.field, str(refused)) == ("x", "text", "x")
    assert (NotPermitted("x", "y").status, TooMany("x", "y", retry_after_seconds=3).status) == (403, 429)


def test_a_refusal_without_values_may_hold_a_percent_sign():
    with translation.override("id"):
        assert Refused("x", "62% selesai").sentence == "62% selesai"

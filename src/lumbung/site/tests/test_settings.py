"""Every setting is read in one place, and a wrong one stops the start with its name."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.module_loading import import_string

from lumbung.site import environment
from lumbung.site import settings as as_written
from lumbung.site.databases import databases
from lumbung.site.environment import SettingError

MALFORMED = {
    "LUMBUNG_ENV": ["prod", "Demo", " demo"],
    "LUMBUNG_BEHIND_PROXY": ["maybe", "2"],
    "LUMBUNG_WORKERS": ["two", "0", "-1", "65", ""],
    "LUMBUNG_HARVEST_INSIDE": ["data.example:443", "10.20.0.5", "10.20.0.5:0", "10.20.0.5:https"],
    "LUMBUNG_LIMIT_FACTOR": ["half", "0", "1001", "1.5"],
    "PORT": ["http", "0", "65536", "-1"],
    "LUMBUNG_URL": ["data.ntbprov.go.id", "ftp://data.ntbprov.go.id", "https://"],
    "LUMBUNG_LOG_ORIGIN": ["https://data.ntbprov.go.id/log", "data.ntbprov.go.id/", "dua kata", "a+b"],
    "LUMBUNG_ENGINE": ["local[2]", "yarn://10.20.0.9:7077"],
    "LUMBUNG_EMAIL_URL": ["mail.ntbprov.go.id", "pigeon://mail"],
    "DATABASE_URL": ["mysql://x", "sqlite:///x", "postgresql"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in MALFORMED.items() for value in values])
def test_a_malformed_value_is_refused_with_its_name_and_an_example(name, value):
    with pytest.raises(SettingError) as refused:
        environment.read({name: value})
    variable = next(each for each in environment.VARIABLES if each.name == name)
    assert name in str(refused.value)
    assert variable.example in str(refused.value)


def test_every_setting_that_can_be_wrong_is_tried_here():
    checked = {variable.name for variable in environment.VARIABLES if variable.parse is not str}
    takes_anything = {"LUMBUNG_HOME", "LUMBUNG_NODE_MODULES", "LUMBUNG_HOSTS"}
    assert checked - takes_anything == set(MALFORMED)


def test_a_misspelt_setting_is_refused():
    with pytest.raises(SettingError, match="LUMBUNG_HOEM is not a setting"):
        environment.read({"LUMBUNG_HOEM": "/srv"})


def test_every_example_and_default_is_valid():
    for variable in environment.VARIABLES:
        variable.parse(variable.default)
        variable.parse(variable.example)
        assert variable.meaning


PRODUCTION = {
    "LUMBUNG_ENV": "production",
    "LUMBUNG_SECRET_KEY": "x" * 50,
    "LUMBUNG_HOSTS": "data.contoh.go.id",
}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"LUMBUNG_SECRET_KEY": ""}, "LUMBUNG_SECRET_KEY"),
        ({"LUMBUNG_SECRET_KEY": "x" * 49}, "LUMBUNG_SECRET_KEY"),
        ({"LUMBUNG_HOSTS": " , "}, "LUMBUNG_HOSTS"),
    ],
)
def test_production_refuses_to_start_without_key_and_hosts(change, named):
    with pytest.raises(SettingError, match=named):
        environment.read({**PRODUCTION, **change})


def test_production_with_key_and_hosts_starts():
    assert environment.read(PRODUCTION)["LUMBUNG_HOSTS"] == ["data.contoh.go.id"]


@pytest.mark.parametrize(
    "change",
    [{"LUMBUNG_WORKERS": "two"}, {"LUMBUNG_ENV": "prod"}, {"LUMBUNG_NONE": "1"}, {"DATABASE_URL": "mysql://x"}],
)
def test_the_command_stops_with_one_sentence_and_code_3(tmp_path, change):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("LUMBUNG_")}
    clean |= {"LUMBUNG_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "lumbung", "--help"]
    done = subprocess.run(command, env={**clean, **change}, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert done.stderr.startswith("lumbung: ")
    assert next(iter(change)) in done.stderr
    assert "Traceback" not in done.stderr


def test_sqlite_is_embedded_with_full_durability(tmp_path):
    chosen = databases("", tmp_path)["default"]
    assert chosen["NAME"] == tmp_path / "lumbung.sqlite3"
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in chosen["OPTIONS"]["init_command"]


def test_a_database_address_is_taken_apart():
    chosen = databases("postgresql://us%40er:se%3Acret@db:5433/lumbung?sslmode=require", None)["default"]
    assert (chosen["USER"], chosen["PASSWORD"], chosen["HOST"], chosen["PORT"]) == ("us@er", "se:cret", "db", "5433")
    assert chosen["OPTIONS"]["sslmode"] == "require"
    assert databases("postgresql://lumbung@/lumbung?host=/run/pg", None)["default"]["HOST"] == "/run/pg"
    with pytest.raises(ValueError, match="DATABASE_URL"):
        databases("mysql://x", None)


def test_passwords_are_kept_with_argon2_at_no_less_than_the_price_its_authors_advise():
    """Tests take a cheaper one (tests/hashing.py); an installation takes what the settings say."""
    hasher = import_string(as_written.PASSWORD_HASHERS[0])()
    assert isinstance(hasher, Argon2PasswordHasher)
    assert hasher.time_cost >= 2
    assert hasher.memory_cost >= 100 * 1024  # KiB

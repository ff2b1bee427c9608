"""Production refuses what only a demonstration may do."""

import subprocess

import pytest

from tests.installation import Installation

KEY = "k" * 64


def _production(tmp_path, **settings: str) -> Installation:
    made = Installation(tmp_path)
    made.settings = {"LUMBUNG_ENV": "production", **settings}
    return made


def _refused(installation: Installation, *command: str) -> subprocess.CompletedProcess[str]:
    done = installation.run(*command)
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done


@pytest.mark.parametrize("key", ["", "short"])
def test_production_does_not_start_without_a_long_secret_key(tmp_path, key):
    done = _refused(_production(tmp_path, LUMBUNG_SECRET_KEY=key, LUMBUNG_HOSTS="data.example.go.id"), "serve")

    assert done.returncode == 3
    assert "LUMBUNG_SECRET_KEY" in done.stderr
    assert "lumbung new-key" in done.stderr


def test_production_does_not_start_without_host_names(tmp_path):
    done = _refused(_production(tmp_path, LUMBUNG_SECRET_KEY=KEY), "serve")

    assert done.returncode == 3
    assert "LUMBUNG_HOSTS" in done.stderr


def test_production_refuses_the_demonstration(tmp_path):
    done = _refused(_production(tmp_path, LUMBUNG_SECRET_KEY=KEY, LUMBUNG_HOSTS="data.example.go.id"), "demo")

    assert done.returncode == 2
    assert "refused in production" in done.stderr
    assert not (tmp_path / "lumbung.sqlite3").exists()


def test_an_unknown_setting_is_named(tmp_path):
    made = Installation(tmp_path)
    made.settings = {"LUMBUNG_HOST": "data.example.go.id"}

    assert "LUMBUNG_HOST is not a setting" in _refused(made, "migrate").stderr


def test_a_new_key_can_be_made_before_production_is_set_up(tmp_path):
    first, second = (_production(tmp_path).run("new-key") for _time in range(2))

    assert first.returncode == 0
    assert len(first.stdout.strip()) >= 50
    assert first.stdout != second.stdout


def test_a_port_that_cannot_be_is_refused_before_anything_starts(tmp_path):
    done = Installation(tmp_path).run("serve", "--port", "99999")

    assert done.returncode == 2
    assert "65535" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    made = Installation(tmp_path)
    made.settings = {"DATABASE_URL": "postgresql://lumbung@127.0.0.1:1/lumbung"}
    done = made.run("migrate")

    assert done.returncode == 1
    assert "The database cannot be used" in done.stderr
    assert "Traceback" not in done.stderr

"""The second installation of the demonstration shares nothing with the first, and never takes it down."""

from lumbung.site import neighbour, serving


def test_it_keeps_its_port_and_gets_nothing_of_the_first_ones_settings(settings, tmp_path, monkeypatch):
    settings.LUMBUNG_HOME = tmp_path
    monkeypatch.setenv("DATABASE_URL", "postgresql://first@127.0.0.1/first")
    monkeypatch.setenv("LUMBUNG_KEYS", "/srv/keys")
    monkeypatch.setenv("LUMBUNG_URL", "https://ntb.example.go.id")
    found = neighbour.beside(20_000)
    assert neighbour.beside(30_000) == found
    assert found.port > 20_000
    told = found.environment
    assert {"DATABASE_URL", "LUMBUNG_KEYS", "LUMBUNG_URL"} & set(told) == set()
    assert (told["LUMBUNG_HOME"], told["LUMBUNG_LOG_ORIGIN"]) == (str(tmp_path / "tetangga"), neighbour.LOG_ORIGIN)


def test_a_guest_that_has_done_its_work_is_not_started_again(tmp_path):
    done = serving.Child("perkenalan", ["/bin/true"], 0, ends_by_itself=True, is_guest=True)
    done.start()
    done.process.wait(timeout=60)
    assert done.is_dead
    assert done.has_done_its_work
    assert not serving.Child("server", ["/bin/true"], 0).has_done_its_work

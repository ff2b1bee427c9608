"""Templates are compiled when static files are prepared, and only then."""

import pytest
from jinja2 import Environment, FileSystemLoader

from lumbung.core.web import compiled_templates


@pytest.fixture
def folders(tmp_path, settings):
    settings.LUMBUNG_COMPILED_TEMPLATES = tmp_path / "compiled"
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "surat.html").write_text("Surat {{ number }}")
    return tmp_path


def environment(folders, monkeypatch):
    """As pages have it; counts what it compiles."""
    made = Environment(loader=FileSystemLoader(folders / "pages"), autoescape=True)
    made.bytecode_cache = compiled_templates.prepared()
    compiled = []
    work = made.compile
    monkeypatch.setattr(made, "compile", lambda source, *names: compiled.append(source) or work(source, *names))
    return made, compiled


def prepare(folders, monkeypatch):
    made, _compiled = environment(folders, monkeypatch)
    monkeypatch.setattr(compiled_templates, "engines", {"jinja2": type("Engine", (), {"env": made})})
    return compiled_templates.prepare()


def test_what_was_prepared_is_not_compiled_again(folders, monkeypatch):
    assert prepare(folders, monkeypatch) == 1
    made, compiled = environment(folders, monkeypatch)
    assert made.get_template("surat.html").render(number=7) == "Surat 7"
    assert compiled == []


def test_a_template_that_changed_is_compiled_and_not_kept(folders, monkeypatch):
    prepare(folders, monkeypatch)
    kept = {path: path.read_bytes() for path in (folders / "compiled").iterdir()}
    (folders / "pages" / "surat.html").write_text("Berkas {{ number }}")
    made, compiled = environment(folders, monkeypatch)
    assert made.get_template("surat.html").render(number=7) == "Berkas 7"
    assert compiled == ["Berkas {{ number }}"]
    assert {path: path.read_bytes() for path in (folders / "compiled").iterdir()} == kept


def test_without_preparing_pages_are_compiled_as_ever(folders, monkeypatch):
    made, compiled = environment(folders, monkeypatch)
    assert made.get_template("surat.html").render(number=7) == "Surat 7"
    assert len(compiled) == 1
    assert not (folders / "compiled").exists()

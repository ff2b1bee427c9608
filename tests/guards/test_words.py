"""Every sentence has Indonesian, in the words of the glossary."""

import pytest
from babel.messages.catalog import Catalog

from lumbung.site import translations
from tests.guards import words
from tests.guards.tree import tell


def test_every_sentence_has_complete_indonesian():
    assert [f"{problem.part}: {problem.msgid!r} {problem.what}" for problem in translations.problems()] == []


def test_a_sentence_without_indonesian_is_caught(tmp_path, monkeypatch):
    part = tmp_path / "core" / "letters"
    (tmp_path / "modules").mkdir()
    part.mkdir(parents=True)
    (part / "__init__.py").touch()
    (part / "pages.py").write_text('title = _("A sentence nobody translated")\n')
    monkeypatch.setattr(translations, "SOURCE", tmp_path)
    assert [problem.what for problem in translations.problems()] == ["has no Indonesian"]


def test_sentences_use_named_placeholders_and_the_words_of_the_glossary():
    found = list(words.catalogue_problems())
    assert not found, tell(found)


@pytest.mark.parametrize("msgid", ["Due in %s days", "%d reports", "Due in {} days", "Due in {0} days", "%.1f km"])
def test_an_unnamed_placeholder_is_caught(msgid):
    catalog = Catalog(locale="id")
    catalog.add(msgid, "terjemahan")
    assert list(words.message_problems("letters", catalog))


@pytest.mark.parametrize(
    "text",
    [
        "Silahkan masuk",
        "Batas hari Jum'at",
        "Tautan sudah kadaluarsa",
        "Submit laporan",
        "Melewati deadline",
        "Login dahulu",
        "Terima kasih!",
        "Lupa password?",
        "Unggah file foto",
        "Respon instansi",
    ],
)
def test_a_word_outside_the_glossary_is_caught(text):
    assert list(words.sentence_problems("letters", text))


@pytest.mark.parametrize(
    "text",
    [
        "Silakan masuk kembali",
        "Batas waktu hari Jumat",
        "Tautan sudah kedaluwarsa",
        "Berkas %(file)s terlalu besar",
        "Responsnya sudah terbit, 100%% selesai",
        "Perizinan dan presisi",
    ],
)
def test_words_of_the_glossary_pass(text):
    assert not list(words.sentence_problems("letters", text))
    catalog = Catalog(locale="id")
    catalog.add("A sentence", text)
    assert not list(words.message_problems("letters", catalog))

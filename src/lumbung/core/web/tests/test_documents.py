"""Printed documents: tagged, in our type, and honest when the type is missing."""

import pytest

from lumbung.core.web import documents

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "id", font: "Plus Jakarta Sans")
= #data.title
"""


def test_a_document_is_tagged_and_set_in_our_type(tmp_path):
    template = tmp_path / "sheet.typ"
    template.write_text(TEMPLATE)
    made = documents.pdf(template, {"title": "Lembar contoh"})
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part>1<" in made
    assert b"PlusJakartaSans-Bold" in made


def test_a_document_without_a_title_is_refused_by_the_profile(tmp_path):
    template = tmp_path / "sheet.typ"
    template.write_text('#set text(lang: "id")\nTanpa judul')
    with pytest.raises(Exception, match="title"):
        documents.pdf(template, {})


def test_the_faces_are_made_once_from_the_font_package(settings, tmp_path):
    settings.LUMBUNG_FONTS = tmp_path / "fonts"
    made = {path.name: path.stat().st_mtime_ns for path in documents.fonts().iterdir()}
    assert sorted(made) == ["PlusJakartaSans-Bold.ttf", "PlusJakartaSans-Regular.ttf", "PlusJakartaSans-SemiBold.ttf"]
    assert {path.name: path.stat().st_mtime_ns for path in documents.fonts().iterdir()} == made

"""Words in another language than the page say so."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from lumbung.core.web import languages
from lumbung.core.web.jinja import environment

PLAN = SimpleNamespace(title_id="Rencana <Aksi>", title_en="")


def said(template: str, language: str, **more: object) -> str:
    with translation.override(language):
        return environment(autoescape=True).from_string(template).render(**more)


def test_indonesian_words_are_marked_on_english_pages_and_escaped():
    assert said("{{ words | in_indonesian }}", "en", words="<b>") == '<span lang="id">&lt;b&gt;</span>'
    assert said("{{ words | in_indonesian }}", "id", words="<b>") == "&lt;b&gt;"


def test_they_stay_marked_inside_a_translated_sentence():
    sentence = '{{ _("Reason: %(text)s", text=words | in_indonesian) }}'
    assert said(sentence, "en", words="a & b") == 'Reason: <span lang="id">a &amp; b</span>'


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("", '<span lang="id">Rencana &lt;Aksi&gt;</span>'),
        ("Rencana <Aksi>", '<span lang="id">Rencana &lt;Aksi&gt;</span>'),
        ("Action <plan>", "Action &lt;plan&gt;"),
    ],
)
def test_the_english_title_is_shown_where_there_is_one(english, shown):
    plan = SimpleNamespace(title_id="Rencana <Aksi>", title_en=english)
    assert said('{{ plan | in_language("title") }}', "en", plan=plan) == shown
    assert said('{{ plan | in_language("title") }}', "id", plan=plan) == "Rencana &lt;Aksi&gt;"


def test_nothing_stays_nothing():
    with translation.override("en"):
        assert languages.in_indonesian("") == ""

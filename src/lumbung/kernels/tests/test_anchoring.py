"""Quoted words are found again, or said to be gone; never put on words somebody did not mean."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels import anchoring
from lumbung.kernels.anchoring import Anchor
from lumbung.kernels.tests.golden import rows_of

WORDS = ["warga", "data", "desa", "laporan", "terbuka", "petugas", "forum", "bulan", "anggaran", "jalan", "posyandu"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join) | st.text(min_size=1, max_size=60)


@st.composite
def texts_with_spans(draw):
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@pytest.mark.parametrize("row", rows_of("anchors.csv"), ids=lambda row: row["source"])
def test_words_are_found_as_a_reader_would_find_them(row):
    start = row["old"].index(row["quote"])
    anchor = anchoring.anchor_at(row["old"], start, start + len(row["quote"]))
    place = anchoring.find(row["new"], anchor, old=row["old"], last=anchor)
    assert (place.how if place else "orphan") == row["how"]
    assert (row["new"][place.start : place.end] if place else "") == row["expected"]


@given(texts_with_spans())
def test_words_are_found_where_they_are_in_an_unchanged_text(told):
    text, start, end = told
    anchor = anchoring.anchor_at(text, start, end)
    place = anchoring.find(text, anchor, old=text, last=anchor)
    assert (place.start, place.end, place.how) == (start, end, "exact")


@given(texts_with_spans(), TEXTS)
def test_words_move_with_what_is_written_in_front(told, front):
    text, start, end = told
    anchor = anchoring.anchor_at(text, start, end)
    moved = front + text
    place = anchoring.find(moved, anchor, old=text, last=anchor)
    if len(anchor.quote) >= anchoring.SHORT and text.count(anchor.quote) == 1:
        assert moved[place.start : place.end] == anchor.quote


@given(texts_with_spans(), TEXTS)
def test_a_place_covers_characters_of_the_text_that_are_alike_enough(told, new):
    text, start, end = told
    anchor = anchoring.anchor_at(text, start, end)
    place = anchoring.find(new, anchor, old=text, last=anchor)
    if place is not None:
        assert 0 <= place.start < place.end <= len(new)
        assert place.how == "changed" or new[place.start : place.end] == anchor.quote


@given(texts_with_spans())
def test_nothing_is_found_in_an_empty_text(told):
    assert anchoring.find("", anchoring.anchor_at(*told)) is None


def test_a_text_put_back_as_it_was_brings_its_comments_back():
    old = "Kader dilatih dua kali setahun. Posyandu buka sekali sebulan di balai desa."
    anchor = anchoring.anchor_at(old, 0, 31)
    assert anchoring.find("Posyandu buka sekali sebulan di balai desa.", anchor, old=old, last=anchor) is None
    place = anchoring.find(old, anchor, old="Posyandu buka sekali sebulan di balai desa.")
    assert old[place.start : place.end] == anchor.quote


def test_a_quotation_is_located_whatever_its_blanks_and_where_its_context_says():
    text = "Data dibuka.\nData dijaga. Data\n  dibuka."
    assert anchoring.locate(text, "Data dibuka.").start == 0
    assert anchoring.locate(text, "Data dibuka.", before="Data dijaga. ").quote == "Data\n  dibuka."
    assert anchoring.locate(text, "Data ditutup.") is None
    assert anchoring.locate(text, "  ") is None


def test_characters_outside_the_text_are_no_anchor():
    with pytest.raises(ValueError, match="characters 3 to 3"):
        anchoring.anchor_at("satu", 3, 3)


def test_edited_step_by_step_the_words_are_followed_through_what_they_became():
    words = "Petugas menjawab setiap laporan warga dalam dua hari kerja"
    texts = [
        f"Pembukaan. {words}. Penutup.",
        "Pembukaan. Petugas menanggapi setiap laporan warga dalam dua hari kerja.",
    ]
    texts.append("Petugas menanggapi semua laporan warga dalam dua hari saja.")
    texts.append("Petugas menanggapi semua aduan warga dalam sehari saja.")
    first = last = anchoring.anchor_at(texts[0], 11, 11 + len(words))
    for old, new in itertools.pairwise(texts):
        place = anchoring.find(new, first, old=old, last=last)
        assert place is not None, new
        last = anchoring.anchor_at(new, place.start, place.end)
    assert last.quote == "Petugas menanggapi semua aduan warga dalam sehari saja"


def test_a_long_text_is_searched_fast_enough_to_save_with_fifty_comments():
    rng = random.Random(7)
    text = " ".join(rng.choice(WORDS) + str(rng.randrange(60)) for _ in range(600))
    edited = text.replace("7", "8")
    starts = [rng.randrange(len(text) - 300) for _ in range(50)]
    for start in starts:
        anchor = anchoring.anchor_at(text, start, start + 200)
        anchoring.find(edited, anchor, old=text, last=anchor)


def test_an_anchor_without_context_stands_only_for_a_whole_text():
    assert anchoring.find("satu dua", Anchor("satu", "", "")) is None

"""Sentences of Indonesian plans, and what changed between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels import sentences
from lumbung.kernels.tests.golden import rows_of

PIECES = [
    "Warga melapor. ",
    "Kab. Sumbawa ",
    "No. 5 ",
    "dll. ",
    "1. Satu\n",
    "Data dibuka! ",
    "\n\n",
    "  ",
    "apa? ",
    "x",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=80)


@pytest.mark.parametrize("row", rows_of("sentences.csv"), ids=lambda row: row["source"])
def test_sentences_end_where_a_reader_says_they_do(row):
    wanted = row["sentences"].split("|")
    assert sentences.sentences_of("".join(wanted)) == wanted


@given(TEXTS)
def test_joined_sentences_are_the_text(text):
    assert "".join(sentences.sentences_of(text)) == text


@given(TEXTS, TEXTS)
def test_applying_the_differences_gives_the_other_text(old, new):
    rows = sentences.differences(old, new)
    assert sentences.apply(old, rows) == new
    assert "".join(row.old for row in rows) == old


@given(TEXTS, TEXTS)
def test_a_changed_sentence_differs_in_more_than_the_blanks_around_it(old, new):
    rows = sentences.differences(old, new)
    assert not [row for row in rows if row.kind != "same" and row.old.strip() == row.new.strip()]


def test_a_sentence_added_behind_another_leaves_that_one_as_it_was():
    rows = sentences.differences("Data dibuka.", "Data dibuka. Warga memeriksa.")
    assert [row.kind for row in rows] == ["same", "added"]


@given(TEXTS, TEXTS)
def test_words_taken_out_and_put_in_give_both_texts(old, new):
    parts = sentences.words_between(old, new)
    assert "".join(words for kind, words in parts if kind != "added") == old
    assert "".join(words for kind, words in parts if kind != "removed") == new


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert sentences.changed_count(sentences.differences(text, text)) == 0


def test_an_edited_sentence_stands_beside_what_it_was_and_a_new_one_alone():
    old = "Warga melapor lewat telepon. Laporan dijawab dalam 48 jam."
    new = "Warga melapor lewat telepon. Laporan dijawab dalam 24 jam. Hasilnya diumumkan."
    rows = sentences.differences(old, new)
    assert [row.kind for row in rows] == ["same", "changed", "added"]
    assert ("removed", "48") in rows[1].parts()
    assert ("added", "24") in rows[1].parts()


def test_differences_of_another_text_are_refused():
    with pytest.raises(ValueError, match="another text"):
        sentences.apply("Satu.", sentences.differences("Dua.", "Tiga."))

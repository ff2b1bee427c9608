"""The stories speak the sentences of the code; a renamed one is told here before any browser starts."""

import pytest

from tests.journeys import words


def test_every_sentence_of_the_stories_is_still_in_the_code():
    assert words.MISSING == [], "the code says these in other words now: mend tests/journeys/words.py"


def test_a_sentence_that_is_gone_is_caught(monkeypatch):
    monkeypatch.setattr(words, "MISSING", [])
    words._indonesian("A sentence nobody wrote")
    assert words.MISSING == ["A sentence nobody wrote"]


def test_a_story_in_either_language_knows_only_sentences_of_the_code():
    assert words.Tongue("en")("Send an idea") == "Send an idea"
    assert words.Tongue("id")("Send an idea") == "Kirim usulan"
    with pytest.raises(AssertionError, match="in other words now"):
        words.Tongue("en")("A sentence nobody wrote")

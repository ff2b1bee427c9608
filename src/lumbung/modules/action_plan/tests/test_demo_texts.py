"""The answers of the illustrated public test fit the comments, and what they say is done to the drafts."""

import tomllib

import pytest

from lumbung.modules.action_plan.demo import consultation, drafts
from lumbung.modules.action_plan.models import Response

TOLD = tomllib.loads(consultation.TEXTS.read_text(encoding="utf-8"))
TITLES = [
    each["short"][0].lower()
    for each in tomllib.loads(drafts.TEXTS.read_text(encoding="utf-8"))["commitments"]
    if each["member"] == "ksb"
]
ANSWERED = [(row, consultation._answer_of(row, TOLD["same"])) for row in TOLD["ksb"]]


def commitments_called(word):
    return [title for title in TITLES if word in title]


@pytest.mark.parametrize(("row", "said"), ANSWERED, ids=lambda each: each.get("text", "")[:40])
def test_what_an_answer_says_was_changed_is_a_sentence_of_a_draft(row, said):
    assert said["verdict"] in Response.Verdict.values
    assert ("change" in said) == ("adds" in said) == (said["verdict"] in {"accepted", "partly"})
    assert len(commitments_called(said["adds_on"])) == 1 or "adds" not in said
    assert len(commitments_called(row["on"])) == 1 or row["on"] == ""


def test_only_comments_that_ask_for_the_same_share_an_answer():
    own = [said["reason"] for row, said in ANSWERED if "same" not in row]
    assert len(set(own)) == len(own)

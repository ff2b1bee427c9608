"""A citizen's words can be erased, with what would let anybody guess them: every proof of the log stays valid."""

from datetime import timedelta

import pytest

from lumbung.core.base import clock
from lumbung.core.log import actions, queries, signing, verification
from lumbung.core.log.standalone import lumbung_verify
from lumbung.modules.action_plan.models import Comment, Idea
from lumbung.modules.action_plan.tests import talk
from lumbung.modules.reports.models import SealedOriginal
from tests import world as worlds


@pytest.mark.django_db
def test_erasing_text_and_salt_leaves_every_proof_valid(people):
    worlds.build(people)
    talk.idea(people)
    talk.comment(people, talk.public_test(people))
    later = clock.now() + timedelta(days=14)  # a citizen's act enters the log the day after, an anonymous one on Monday
    checkpoint = actions.extend(now=later)
    words = [entry for entry in map(queries.entry_at, range(checkpoint.size)) if b"words_hash" in entry.body]
    assert {entry.key.split(".")[0] for entry in words} >= {"reports", "action_plan"}
    SealedOriginal.objects.all().delete()
    for model in (Idea, Comment):
        model.objects.update(words=None, salt=None)
    assert actions.extend(now=later) is None
    # Erased past the actions, public words cannot be compared any more, and that is named; the log itself has no fault.
    assert {fault.code for fault in verification.verify(every_signature=True).faults} <= {"object-differs"}
    key = lumbung_verify.read_key(signing.log_key().text)
    for entry in words:
        found, _checkpoint = lumbung_verify.check_proof(entry.body, queries.proof_text(entry, checkpoint), key, [])
        assert found == entry.index

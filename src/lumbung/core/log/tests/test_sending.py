"""Each signed checkpoint is sent to the witnesses that can be called, with the proof each of them needs."""

import base64
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.jobs.models import Job
from lumbung.core.log import actions, queries
from lumbung.core.log.models import Cosignature, Witness
from lumbung.core.log.tests.conftest import NOW, Laptop
from lumbung.core.log.tests.other_log import KEY
from lumbung.kernels import merkle, signed_notes, witness_requests

pytestmark = pytest.mark.django_db
SIZE = witness_requests.SIZE_TYPE


@dataclass
class Called:
    """A witness at an address, as the protocol asks it to be."""

    laptop: Laptop
    size: int = 0
    root: bytes = b""
    asked: list[int] = field(default_factory=list)

    def __call__(self, body: str) -> tuple[int, str, str]:
        head, _, note = body.partition("\n\n")
        old, *steps = head.split("\n")
        said = signed_notes.read_checkpoint(signed_notes.read_note(note).text)
        self.asked.append(int(old.removeprefix("old ")))
        if self.asked[-1] != self.size:
            return 409, SIZE, f"{self.size}\n"
        if self.size and said.size > self.size:
            proof = [base64.b64decode(step) for step in steps]
            merkle.check_consistency(self.size, self.root, said.size, said.root, proof)
        self.size, self.root = said.size, said.root
        return 200, "text/plain", self.laptop.cosigned(note, at=NOW).rsplit("\n", 2)[1] + "\n"


@pytest.fixture
def witness(people, laptop, log):
    facts = {"key": laptop.key.text, "title": "Saksi", "kind": "civil_society", "address": log.address}
    return actions.add_witness(**facts, by=people.viewer("admin"), now=NOW)


def sent(witness, *, now=NOW):
    return actions.send(witness=Witness.objects.get(pk=witness.pk), now=now)


def test_each_new_checkpoint_is_sent_with_the_proof_it_needs_and_its_line_is_kept(grow, laptop, log, witness):
    log.witnesses = Called(laptop)
    for size in (300, 301, 600):
        grow(size)
        assert Job.objects.filter(name="log.send_checkpoint", state=Job.QUEUED).count() == 1
        assert sent(witness).refusal == ""
        assert queries.newest_cosigned_checkpoint().size == size
    assert log.witnesses.asked == [0, 300, 301]


def test_a_witness_that_knows_another_size_of_this_log_is_asked_again_from_there(grow, laptop, log, witness):
    grow(300)
    log.witnesses = Called(laptop, 300, bytes(queries.checkpoint_of(300).root))
    grow(400)
    assert (sent(witness).refusal, log.witnesses.asked) == ("", [0, 300])


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ((403, "text/plain", ""), "untrusted"),
        ((404, "text/plain", ""), "unknown"),
        ((409, "text/plain", ""), "other_tree"),
        ((409, SIZE, "0\n"), "other_tree"),
        ((409, SIZE, "999999999\n"), "other_tree"),
        ((409, SIZE, "x\n"), "malformed"),
        ((422, "text/plain", ""), "unproven"),
        ((500, "text/plain", ""), "malformed"),
        ((200, "text/plain", ""), "malformed"),
        ((200, "text/plain", "<html>"), "malformed"),
        ((200, "text/plain", "— saksi.lain AAAAAAAA\n"), "malformed"),
        ((200, "text/plain", "x" * 20_000), "unreachable"),
    ],
)
def test_whatever_else_a_witness_answers_is_told_and_nothing_is_kept(grow, log, witness, answer, refusal):
    grow(300)
    log.witnesses = lambda _body: answer
    assert (sent(witness).refusal, Cosignature.objects.count()) == (refusal, 0)


def test_a_witness_that_fails_is_asked_again_after_a_while_and_one_that_looks_for_itself_never(grow, witness):
    Witness.objects.update(refusal="unreachable", sent_at=NOW)
    grow(300)
    assert not Job.objects.filter(name="log.send_checkpoint").exists()
    Witness.objects.update(sent_at=NOW - timedelta(minutes=6))
    grow(301)
    assert Job.objects.filter(name="log.send_checkpoint").count() == 1
    Job.objects.all().delete()
    Witness.objects.update(address="")
    grow(302)
    assert not Job.objects.filter(name="log.send_checkpoint").exists()


def test_an_address_of_a_witness_is_one(people, laptop):
    with pytest.raises(Refused) as refused:
        actions.add_witness(
            key=laptop.key.text, title="S", kind="civil_society", address="ftp://x", by=people.viewer("admin"), now=NOW
        )
    assert (refused.value.code, refused.value.field) == ("address-malformed", "address")


def test_another_installation_that_watches_us_is_sent_our_checkpoints(people, laptop, log):
    facts = {"title": "Provinsi", "address": log.address, "key": KEY.text, "witness_key": laptop.key.text}
    actions.add_peer(**facts, by=people.viewer("admin"), now=NOW)
    assert Witness.objects.get().address == log.address


def test_a_witness_moves_and_an_installation_added_again_is_sent_checkpoints_at_its_new_address(people, laptop, log):
    admin = people.viewer("admin")
    witness = actions.add_witness(key=laptop.key.text, title="S", kind="installation", by=admin, now=NOW)
    Witness.objects.update(refusal="unreachable", sent_at=NOW)
    facts = {"title": "Provinsi", "address": log.address, "key": KEY.text, "witness_key": laptop.key.text}
    actions.add_peer(**facts, by=admin, now=NOW)
    moved = Witness.objects.get()
    assert (moved.address, moved.refusal, moved.sent_at) == (log.address, "", None)
    assert actions.move_witness(witness=witness, address="", by=admin, now=NOW).address == ""
    told = [each.data["address"] for each in events.history_of("witness", str(witness.pk)) if "address" in each.data]
    assert told == [log.address, ""]
    with pytest.raises(NotPermitted):
        actions.move_witness(witness=witness, address="", by=people.viewer("koordinator.ntb"), now=NOW)

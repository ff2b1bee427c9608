"""Notes, checkpoints and cosignatures: the examples of C2SP, and what must be refused."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, NOTE_KEY, Checkpoint, Key, Note, NoteRejected, Signature

# The example of C2SP tlog-checkpoint.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
SEED = bytes(range(32))


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def is_signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


TEXT = Checkpoint("lumbung.example/log", 7, bytes(32)).text


def signed(text: str = TEXT, *, seed: bytes = SEED) -> tuple[Note, Key]:
    key = Key("lumbung.example/log", NOTE_KEY, public_key(seed))
    return Note(text, (Signature(key.name, key.key_id, sign(seed, text.encode())),)), key


def test_the_example_of_the_specification_is_read_and_written_back():
    note = signed_notes.read_note(EXAMPLE)
    assert signed_notes.read_checkpoint(note.text).size == 20_852_163
    assert str(note) == EXAMPLE


def test_a_note_is_accepted_with_the_key_that_signed_it():
    note, key = signed()
    signed_notes.check_signed(signed_notes.read_note(str(note)), key, is_signed_by)


def test_a_note_with_another_text_under_the_same_signature_is_refused():
    note, key = signed()
    forged = Note(TEXT.replace("\n7\n", "\n8\n"), note.signatures)
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.check_signed(forged, key, is_signed_by)


def test_a_note_signed_by_somebody_else_is_refused():
    note, _ = signed(seed=bytes(32))
    with pytest.raises(NoteRejected, match="has not signed"):
        signed_notes.check_signed(note, signed()[1], is_signed_by)


def test_a_second_signature_of_the_key_that_does_not_fit_spoils_the_note():
    note, key = signed()
    twice = Note(note.text, (*note.signatures, Signature(key.name, key.key_id, bytes(64))))
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.check_signed(twice, key, is_signed_by)


def cosigned(time: int) -> tuple[Note, Key]:
    key = Key("saksi.example", COSIGNATURE_KEY, public_key(SEED))
    value = sign(SEED, signed_notes.cosigned_message(TEXT, time))
    return Note(TEXT, (Signature(key.name, key.key_id, time.to_bytes(8, "big") + value),)), key


def test_a_cosignature_tells_when_the_witness_saw_it():
    note, key = cosigned(1_679_315_147)
    assert signed_notes.cosigned_at(note, key, is_signed_by) == 1_679_315_147


def test_a_cosignature_with_another_time_is_refused():
    note, key = cosigned(1_679_315_147)
    value = (1_679_315_148).to_bytes(8, "big") + note.signatures[0].value[8:]
    moved = Note(TEXT, (Signature(key.name, key.key_id, value),))
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.cosigned_at(moved, key, is_signed_by)


def test_the_last_of_two_cosignatures_of_one_witness_counts():
    (first, key), (second, _) = cosigned(1_679_315_147), cosigned(1_679_315_999)
    both = Note(TEXT, (*second.signatures, *first.signatures))
    assert signed_notes.cosigned_at(both, key, is_signed_by) == 1_679_315_999


@pytest.mark.parametrize("length", [1, 8, 71, 73])
def test_a_second_line_of_the_witness_that_does_not_fit_spoils_the_note(length):
    note, key = cosigned(1_679_315_147)
    spoilt = Note(TEXT, (Signature(key.name, key.key_id, bytes(length)), *note.signatures))
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.cosigned_at(spoilt, key, is_signed_by)


def test_a_cosignature_of_another_witness_does_not_count():
    note, _ = cosigned(1)
    other = Key("lain.example", COSIGNATURE_KEY, public_key(bytes(32)))
    with pytest.raises(NoteRejected, match="has not cosigned"):
        signed_notes.cosigned_at(note, other, is_signed_by)


@pytest.mark.parametrize("kind", [NOTE_KEY, COSIGNATURE_KEY])
def test_a_key_is_read_as_it_is_written(kind):
    key = Key("saksi.example/w1", kind, public_key(SEED))
    assert signed_notes.read_key(key.text) == key


@pytest.mark.parametrize("spoil", ["name", "id", "kind", "short", "words"])
def test_a_key_that_lost_a_character_is_refused(spoil):
    name, key_id, key = Key("saksi.example", NOTE_KEY, public_key(SEED)).text.split("+", 2)
    spoilt = {
        "name": f"saks.example+{key_id}+{key}",
        "id": f"{name}+00000000+{key}",
        "kind": f"{name}+{key_id}+{base64.b64encode(bytes([9]) + bytes(32)).decode()}",
        "short": f"{name}+{key_id}+{key[:-8]}",
        "words": "bukan kunci",
    }[spoil]
    with pytest.raises(NoteRejected):
        signed_notes.read_key(spoilt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tanpa tanda tangan\n",
        "teks\n\n",
        "teks\n\n— nama\n",
        "teks\n\n- nama AAAAAAAA\n",
        "teks\n\n— nama AAAA\n",
        "teks\n\n— nama +dua AAAAAAAA\n",
        "teks\n\n— nama AAAAAAA\n",
        "teks\n\n— nama AAAAAAAA",
        "teks\n\n— nama AAAAAAAé\n",
        "teks\r\n\n— nama AAAAAAAA\n",
        "te\x00ks\n\n— nama AAAAAAAA\n",
        "teks\n\n" + "— nama AAAAAAAA\n" * 65,
    ],
)
def test_what_is_not_a_note_is_refused(text):
    with pytest.raises(NoteRejected):
        signed_notes.read_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "asal\n1\n",
        "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n" + "9" * 5000 + "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAé=\n",
        "asal\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n²\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n1\nAAAA\n",
        "asal\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(NoteRejected):
        signed_notes.read_checkpoint(text)

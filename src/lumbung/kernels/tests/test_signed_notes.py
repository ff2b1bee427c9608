"""Notes, checkpoints and cosignatures: the examples of C2SP, RFC 8032, and what must be refused."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.kernels import ed25519, signed_notes
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, NOTE_KEY, Checkpoint, Key, Note, NoteRejected, Signature

# RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
# The example of C2SP tlog-checkpoint.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
SEED = bytes(range(32))
TEXT = Checkpoint("lumbung.example/log", 7, bytes(32)).text


def signed(text: str = TEXT, *, seed: bytes = SEED) -> tuple[Note, Key]:
    key = Key("lumbung.example/log", NOTE_KEY, ed25519.public_key(seed))
    return Note(text, (Signature(key.name, key.key_id, ed25519.sign(seed, text.encode())),)), key


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032(seed, public, message, signature):
    assert ed25519.public_key(bytes.fromhex(seed)).hex() == public
    assert ed25519.sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() == signature
    assert ed25519.is_signed_by(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_signatures_equal_those_of_the_library(seed, message):
    theirs = Ed25519PrivateKey.from_private_bytes(seed)
    assert ed25519.sign(seed, message) == theirs.sign(message)
    assert ed25519.public_key(seed) == theirs.public_key().public_bytes_raw()


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, 511))
def test_a_signature_with_one_bit_turned_is_refused_as_the_library_refuses_it(place):
    public, message = ed25519.public_key(SEED), b"pesan"
    turned = bytearray(ed25519.sign(SEED, message))
    turned[place // 8] ^= 1 << (place % 8)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(turned), message)
    assert not ed25519.is_signed_by(public, message, bytes(turned))


def test_a_signature_beyond_the_order_of_the_group_is_refused():
    signature = ed25519.sign(SEED, b"pesan")
    response = int.from_bytes(signature[32:], "little") + ed25519.ORDER
    assert not ed25519.is_signed_by(
        ed25519.public_key(SEED), b"pesan", signature[:32] + response.to_bytes(32, "little")
    )


def test_the_example_of_the_specification_is_read_and_written_back():
    note = signed_notes.read_note(EXAMPLE)
    assert signed_notes.read_checkpoint(note.text).size == 20_852_163
    assert str(note) == EXAMPLE


def test_a_note_is_accepted_with_the_key_that_signed_it():
    note, key = signed()
    signed_notes.check_signed(signed_notes.read_note(str(note)), key, ed25519.is_signed_by)


def test_a_note_with_another_text_under_the_same_signature_is_refused():
    note, key = signed()
    forged = Note(TEXT.replace("\n7\n", "\n8\n"), note.signatures)
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.check_signed(forged, key, ed25519.is_signed_by)


def test_a_note_signed_by_somebody_else_is_refused():
    note, _ = signed(seed=bytes(32))
    with pytest.raises(NoteRejected, match="has not signed"):
        signed_notes.check_signed(note, signed()[1], ed25519.is_signed_by)


def test_a_second_signature_of_the_key_that_does_not_fit_spoils_the_note():
    note, key = signed()
    twice = Note(note.text, (*note.signatures, Signature(key.name, key.key_id, bytes(64))))
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.check_signed(twice, key, ed25519.is_signed_by)


def cosigned(time: int) -> tuple[Note, Key]:
    key = Key("saksi.example", COSIGNATURE_KEY, ed25519.public_key(SEED))
    value = ed25519.sign(SEED, signed_notes.cosigned_message(TEXT, time))
    return Note(TEXT, (Signature(key.name, key.key_id, time.to_bytes(8, "big") + value),)), key


def test_a_cosignature_tells_when_the_witness_saw_it():
    note, key = cosigned(1_679_315_147)
    assert signed_notes.cosigned_at(note, key, ed25519.is_signed_by) == 1_679_315_147


def test_a_cosignature_with_another_time_is_refused():
    note, key = cosigned(1_679_315_147)
    value = (1_679_315_148).to_bytes(8, "big") + note.signatures[0].value[8:]
    moved = Note(TEXT, (Signature(key.name, key.key_id, value),))
    with pytest.raises(NoteRejected, match="does not fit"):
        signed_notes.cosigned_at(moved, key, ed25519.is_signed_by)


def test_a_cosignature_of_another_witness_does_not_count():
    note, _ = cosigned(1)
    other = Key("lain.example", COSIGNATURE_KEY, ed25519.public_key(bytes(32)))
    with pytest.raises(NoteRejected, match="has not cosigned"):
        signed_notes.cosigned_at(note, other, ed25519.is_signed_by)


@pytest.mark.parametrize("kind", [NOTE_KEY, COSIGNATURE_KEY])
def test_a_key_is_read_as_it_is_written(kind):
    key = Key("saksi.example/w1", kind, ed25519.public_key(SEED))
    assert signed_notes.read_key(key.text) == key


@pytest.mark.parametrize("spoil", ["name", "id", "kind", "short", "words"])
def test_a_key_that_lost_a_character_is_refused(spoil):
    name, key_id, key = Key("saksi.example", NOTE_KEY, ed25519.public_key(SEED)).text.split("+", 2)
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
        "asal\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n²\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "asal\n1\nAAAA\n",
        "asal\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(NoteRejected):
        signed_notes.read_checkpoint(text)

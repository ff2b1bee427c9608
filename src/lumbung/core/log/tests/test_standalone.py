"""The programs people download: RFC 8032 judges their signatures, the server's library agrees bit for bit."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.core.log.standalone.lumbung_verify import ORDER, Roots, is_signed_by
from lumbung.core.log.standalone.lumbung_witness import public_key, sign
from lumbung.kernels import merkle

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
SEED = bytes(range(32))


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032(seed, public, message, signature):
    assert public_key(bytes.fromhex(seed)).hex() == public
    assert sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() == signature
    assert is_signed_by(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_signatures_equal_those_of_the_library(seed, message):
    theirs = Ed25519PrivateKey.from_private_bytes(seed)
    assert sign(seed, message) == theirs.sign(message)
    assert public_key(seed) == theirs.public_key().public_bytes_raw()


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, 511))
def test_a_signature_with_one_bit_turned_is_refused_as_the_library_refuses_it(place):
    public, message = public_key(SEED), b"pesan"
    turned = bytearray(sign(SEED, message))
    turned[place // 8] ^= 1 << (place % 8)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(turned), message)
    assert not is_signed_by(public, message, bytes(turned))


def test_a_signature_beyond_the_order_of_the_group_is_refused():
    signature = sign(SEED, b"pesan")
    response = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed_by(public_key(SEED), b"pesan", signature[:32] + response.to_bytes(32, "little"))


@pytest.mark.parametrize("size", range(65))
def test_the_verifier_arrives_at_the_roots_of_the_kernel(size):
    hashes = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    roots = Roots()
    for leaf in hashes:
        roots.add(leaf)
    assert (roots.size, roots.root()) == (size, merkle.root_of(hashes))


def test_a_point_outside_the_curve_is_refused():
    assert not is_signed_by(b"\xff" * 32, b"pesan", sign(SEED, b"pesan"))

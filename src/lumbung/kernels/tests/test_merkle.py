"""Trees and proofs: the public vectors, an independent implementation, and every size up to 64."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernels import merkle, merkle_tiles
from lumbung.kernels.merkle import ProofRejected

VECTORS = Path(__file__).parents[5] / "shared" / "data" / "merkle-vectors"

# The roots of RFC 6962's test tree, as certificate-transparency prints them (merkletree tests, Apache-2.0).
ENTRIES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
ENTRIES += [bytes.fromhex("5051525354555657"), bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(f"entry {number}".encode()) for number in range(count)]


def root_as_the_rfc_defines_it(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1, word for word: nothing of it is shared with the kernel."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    left, right = root_as_the_rfc_defines_it(hashes[:middle]), root_as_the_rfc_defines_it(hashes[middle:])
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tiles:
    """The tiles of a tree held in memory, at every level."""

    def __init__(self, hashes: list[bytes]):
        self.levels = [hashes]
        while len(self.levels[-1]) >= merkle_tiles.WIDTH:
            below = self.levels[-1]
            whole = range(0, len(below) - merkle_tiles.WIDTH + 1, merkle_tiles.WIDTH)
            self.levels.append([merkle.root_of(below[start : start + merkle_tiles.WIDTH]) for start in whole])

    def __call__(self, level: int, first: int, count: int) -> list[bytes]:
        assert first // merkle_tiles.WIDTH == (first + count - 1) // merkle_tiles.WIDTH, "one tile holds them all"
        found = self.levels[level][first : first + count]
        assert len(found) == count
        return found


def vectors(kind: str):
    path = VECTORS / f"{kind}.jsonl"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the public vectors are not on this machine"))]
    return [pytest.param(json.loads(line), id=json.loads(line)["name"]) for line in path.read_text().splitlines()]


def decoded(vector: dict, *names: str) -> list[bytes]:
    return [base64.b64decode(vector[name] or "") for name in names]


@pytest.mark.parametrize("vector", vectors("inclusion"))
def test_a_public_inclusion_vector_gets_its_verdict(vector):
    leaf, root = decoded(vector, "leafHash", "root")
    proof = [base64.b64decode(step) for step in vector["proof"] or ()]
    arguments = (leaf, vector["leafIdx"], vector["treeSize"], proof, root)
    if vector["wantErr"]:
        with pytest.raises(ProofRejected):
            merkle.check_inclusion(*arguments)
    else:
        merkle.check_inclusion(*arguments)


@pytest.mark.parametrize("vector", vectors("consistency"))
def test_a_public_consistency_vector_gets_its_verdict(vector):
    root1, root2 = decoded(vector, "root1", "root2")
    proof = [base64.b64decode(step) for step in vector["proof"] or ()]
    arguments = (vector["size1"], root1, vector["size2"], root2, proof)
    if vector["wantErr"]:
        with pytest.raises(ProofRejected):
            merkle.check_consistency(*arguments)
    else:
        merkle.check_consistency(*arguments)


def test_the_test_tree_of_rfc_6962_has_its_root():
    assert merkle.root_of([merkle.leaf_hash(entry) for entry in ENTRIES]).hex() == ROOT_OF_EIGHT


@pytest.mark.parametrize("size", range(65))
def test_roots_agree_with_an_independent_implementation_and_with_the_tiles(size):
    hashes = leaves(size)
    expected = root_as_the_rfc_defines_it(hashes)
    assert merkle.root_of(hashes) == expected
    assert merkle_tiles.root(size, Tiles(hashes)) == expected
    frontier = merkle.Frontier()
    for leaf in hashes:
        frontier.add(leaf)
    assert (frontier.size, frontier.root()) == (size, expected)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 64, 65, 255, 256, 257, 511, 512, 700])
def test_every_entry_of_a_tree_can_be_proven_and_no_other_place_accepts_it(size):
    hashes = leaves(size)
    tiles, root = Tiles(hashes), merkle.root_of(hashes)
    for index in range(size):
        proof = merkle_tiles.inclusion_proof(index, size, tiles)
        merkle.check_inclusion(hashes[index], index, size, proof, root)
        with pytest.raises(ProofRejected):
            merkle.check_inclusion(hashes[index], index + 1, size, proof, root)


@pytest.mark.parametrize("size2", [*range(1, 34), 256, 257, 600])
def test_every_older_tree_is_shown_to_be_the_beginning_of_the_newer_one(size2):
    hashes = leaves(size2)
    tiles, root2 = Tiles(hashes), merkle.root_of(hashes)
    for size1 in range(1, size2 + 1):
        proof = merkle_tiles.consistency_proof(size1, size2, tiles)
        merkle.check_consistency(size1, merkle.root_of(hashes[:size1]), size2, root2, proof)


@given(size=st.integers(2, 600), share=st.floats(0, 1, exclude_max=True), victim=st.floats(0, 1, exclude_max=True))
def test_a_changed_entry_below_the_older_tree_is_never_consistent(size, share, victim):
    size1 = 1 + int(share * (size - 1))
    hashes = leaves(size)
    altered = list(hashes)
    altered[int(victim * size1)] = merkle.leaf_hash(b"rewritten")
    proof = merkle_tiles.consistency_proof(size1, size, Tiles(altered))
    with pytest.raises(ProofRejected):
        merkle.check_consistency(size1, merkle.root_of(hashes[:size1]), size, merkle.root_of(altered), proof)


def test_nothing_is_consistent_with_an_empty_tree():
    with pytest.raises(ProofRejected):
        merkle.check_consistency(0, merkle.EMPTY_ROOT, 1, leaves(1)[0], [])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 70_000])
def test_the_width_of_unfinished_tiles_is_what_tlog_tiles_says(size):
    # C2SP tlog-tiles: 70,000 entries are 273 full tiles and one of 112; above, one full and one of 17; then one of 1.
    expected = {0: (0, 0, 0), 1: (1, 0, 0), 255: (255, 0, 0), 256: (0, 1, 0), 70_000: (112, 17, 1)}[size]
    assert tuple(merkle_tiles.partial_width(level, size) for level in range(3)) == expected


@pytest.mark.parametrize(("number", "path"), [(0, "000"), (67, "067"), (1000, "x001/000"), (1234067, "x001/x234/067")])
def test_a_tile_number_is_written_one_way_and_read_back(number, path):
    assert merkle_tiles.path_of(number) == path
    assert merkle_tiles.number_of(path) == number


@pytest.mark.parametrize("path", ["", "7", "0007", "x000/007", "001/007", "x001/x007", "x001/00a", "/007", "٠٠٧"])
def test_a_tile_number_written_another_way_is_refused(path):
    with pytest.raises(ValueError, match="not a tile number"):
        merkle_tiles.number_of(path)


def test_a_bundle_is_entries_behind_their_lengths():
    assert merkle_tiles.bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"

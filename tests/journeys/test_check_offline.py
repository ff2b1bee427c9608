"""The page a person keeps: opened from a file, without a network, it says what a proof proves and what not."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page

from lumbung.core.log.standalone import downloads, lumbung_witness
from lumbung.kernels import merkle, signed_notes
from lumbung.kernels.merkle_tiles import inclusion_proof
from lumbung.kernels.signed_notes import COSIGNATURE_KEY, NOTE_KEY, Checkpoint, Key, Note, Signature
from tests.journeys import checks
from tests.journeys.server import ROOT

pytestmark = pytest.mark.journey

VECTORS = ROOT.parent / "shared" / "data" / "merkle-vectors"
SECRET, SEED = Ed25519PrivateKey.from_private_bytes(b"l" * 32), b"s" * 32
LOG = Key("log.example/log", NOTE_KEY, SECRET.public_key().public_bytes_raw())
WITNESS = Key("saksi.example", COSIGNATURE_KEY, lumbung_witness.public_key(SEED))
ENTRIES = [
    json.dumps(
        {
            "actor": {"kind": "guest", "id": "", "role": "reporter", "organisation": ""},
            "data": {"number": f"NTB-2026-{number:06d}"},
            "on": "2026-03-05",
            "precision": "day",
            "subject": {"type": "report", "id": str(number)},
            "type": "reports.report_submitted",
        }
    ).encode()
    for number in range(13)
]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]


def note(leaves: list[bytes] = LEAVES, *, cosigned: bool = False) -> str:
    text = Checkpoint(LOG.name, len(leaves), merkle.root_of(leaves)).text
    lines = [Signature(LOG.name, LOG.key_id, SECRET.sign(text.encode()))]
    if cosigned:
        value = lumbung_witness.sign(SEED, signed_notes.cosigned_message(text, 1_772_683_200))
        lines.append(Signature(WITNESS.name, WITNESS.key_id, (1_772_683_200).to_bytes(8, "big") + value))
    return str(Note(text, tuple(lines)))


def proof(index: int = 7, *, entry: bytes | None = None, signed: str = "") -> str:
    steps = inclusion_proof(index, len(LEAVES), lambda _level, first, count: LEAVES[first : first + count])
    extra = [f"extra {base64.b64encode(entry).decode()}"] if entry else []
    head = ["c2sp.org/tlog-proof@v1", *extra, f"index {index}", *(base64.b64encode(step).decode() for step in steps)]
    return "\n".join(head) + "\n\n" + (signed or note())


@pytest.fixture
def receipt() -> str:
    """The fingerprint a copy of the page was downloaded with; none."""
    return ""


@pytest.fixture
def page(chromium: Browser, tmp_path: Path, receipt: str) -> Iterator[Page]:
    """The downloaded file in a browser that has no network; a request to anybody fails the test."""
    file = tmp_path / "periksa-bukti.html"
    known = {"log_key": LOG.text, "witness_keys": [WITNESS.text], "on": "2026-11-26"}
    file.write_text(downloads.checker(**known, language="id", receipt=receipt), "utf-8")
    context = chromium.new_context(offline=True, locale="id", viewport={"width": 360, "height": 740})
    opened, asked, told = context.new_page(), [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    assert asked == [file.as_uri()]
    assert not told
    context.close()


def drops(page: Page, *contents: str | bytes) -> None:
    files: list[Any] = [
        {"name": f"berkas-{number}", "mimeType": "", "buffer": one if isinstance(one, bytes) else one.encode()}
        for number, one in enumerate(contents)
    ]
    page.set_input_files("#files", files)


def verdict(page: Page) -> str:
    page.wait_for_selector("#finding:not([hidden])")
    return page.inner_text("#finding")


def test_a_proof_that_carries_its_entry_is_proven_and_says_who_has_not_signed(page):
    drops(page, proof(entry=ENTRIES[7]))
    told = verdict(page)
    assert told.startswith("Terbukti")
    assert "Catatan nomor 7" in told
    assert "NTB-2026-000007" in told
    assert "Tidak ada saksi luar" in told


def test_the_witness_who_signed_is_named_with_the_time(page):
    drops(page, proof(signed=note(cosigned=True)), ENTRIES[7])
    told = verdict(page)
    assert "saksi.example ikut menandatangani pada 2026-03-05 04:00 UTC" in told
    assert "Tidak ada saksi luar" not in told


@pytest.mark.parametrize("receipt", [LEAVES[7].hex()])
def test_a_page_downloaded_from_a_receipt_needs_the_proof_alone(page):
    assert "bukti" in verdict(page)
    drops(page, proof(entry=ENTRIES[7]))
    told = verdict(page)
    assert told.startswith("Terbukti")
    assert "Sidik pada tanda terima Anda adalah sidik catatan ini." in told


@pytest.mark.parametrize("receipt", [LEAVES[6].hex()])
def test_a_proof_of_another_entry_does_not_fit_the_receipt_in_the_page(page):
    drops(page, proof(entry=ENTRIES[7]))
    assert verdict(page).startswith("Tidak terbukti")


def test_in_english_too_and_what_is_not_proven_stands_there_whatever_the_verdict(page):
    page.click("[data-language=en]")
    drops(page, proof(entry=ENTRIES[7]))
    assert verdict(page).startswith("Proven")
    assert "An act never logged shows in no log." in page.inner_text("main")
    assert "Perbuatan" not in page.inner_text("main")


def test_a_receipt_is_compared_pasted_or_dropped(page):
    drops(page, proof(entry=ENTRIES[7]), f"Tanda terima\nSidik: {LEAVES[7].hex()}\n")
    assert "adalah sidik catatan ini" in verdict(page)
    page.fill("#pasted", LEAVES[6].hex())
    told = verdict(page)
    assert told.startswith("Tidak terbukti")
    assert "bukan sidik catatan ini" in told


def changed_signature() -> str:
    text, _, line = note().rpartition(" ")
    value = bytearray(base64.b64decode(line))
    value[40] ^= 1
    return f"{text} {base64.b64encode(bytes(value)).decode()}\n"


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        ([proof(), ENTRIES[6]], "isi atau nomornya telah diubah"),
        ([proof(entry=ENTRIES[7] + b" ")], "isi atau nomornya telah diubah"),
        ([proof(entry=ENTRIES[7]).replace("index 7", "index 6")], "isi atau nomornya telah diubah"),
        ([proof(entry=ENTRIES[7]).replace("index 7", "index 77")], "tidak mungkin ada"),
        ([proof(entry=ENTRIES[7], signed=changed_signature())], "tidak cocok dengan isinya"),
        ([proof(entry=ENTRIES[7]).replace("log.example", "lain.example")], "berasal dari log lain.example/log"),
        ([proof(entry=ENTRIES[7]), note([*LEAVES[:12], LEAVES[0]])], "dua riwayat"),
        ([proof(entry=ENTRIES[7])[:-40]], "rusak atau terpotong"),
    ],
    ids=["another entry", "a space", "another place", "no such place", "signature", "another log", "fork", "cut"],
)
def test_what_was_changed_is_not_proven_and_the_reason_is_said(page, contents, says):
    drops(page, *contents)
    told = verdict(page)
    assert told.startswith("Tidak terbukti"), told
    assert says in told


@pytest.mark.parametrize(
    ("contents", "says"),
    [([proof()], "Masukkan juga berkas catatan"), ([ENTRIES[7]], "Masukkan berkas bukti"), (["?"], "“berkas-0”")],
    ids=["no entry", "no proof", "something else"],
)
def test_what_is_missing_is_asked_for(page, contents, says):
    drops(page, *contents)
    told = verdict(page)
    assert told.startswith("Belum dapat diperiksa")
    assert says in told


def test_a_key_copied_wrongly_is_no_verdict_about_the_proof(page):
    page.fill("#log-key", LOG.text.replace("+", "+0", 1))
    drops(page, proof(entry=ENTRIES[7]))
    assert "salah salin" in verdict(page)
    assert page.inner_text("#verdict") == "Belum dapat diperiksa"


def test_the_page_is_accessible_and_as_wide_as_a_phone(page):
    drops(page, proof(entry=ENTRIES[7]))
    verdict(page)
    assert checks.overflow_problems(page) == []
    # The page's own policy forbids what axe would add to it: the same elements are looked at without it.
    bare = page.context.new_page()
    bare.set_content(page.content().replace("Content-Security-Policy", "x").replace("<script", "<template"))
    assert checks.axe_problems(bare) == []


def vectors(kind: str) -> list[dict[str, Any]]:
    path = VECTORS / f"{kind}.jsonl"
    if not path.exists():
        pytest.skip("the public vectors are not on this machine")
    return [json.loads(line) for line in path.read_text().splitlines()]


RUNS = """([vectors, kind]) => vectors.filter((one) => {
  const bytes = (text) => Uint8Array.from(atob(text || ""), (sign) => sign.charCodeAt(0));
  const proof = (one.proof || []).map(bytes);
  try {
    if (kind === "inclusion") checkInclusion(bytes(one.leafHash), one.leafIdx, one.treeSize, proof, bytes(one.root));
    else checkConsistency(one.size1, bytes(one.root1), one.size2, bytes(one.root2), proof);
    return one.wantErr;
  } catch (error) {
    return !(error instanceof Rejected) || !one.wantErr;
  }
}).map((one) => one.name)"""


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_the_public_vectors_pass_in_the_browser(page, kind):
    given = vectors(kind)
    assert len(given) == 98
    assert page.evaluate(RUNS, [given, kind]) == []


def test_every_entry_of_every_tree_up_to_64_is_proven_in_the_browser(page):
    """The proofs come from the kernel, the judgement from the page: two hands that share nothing."""
    hashes = [merkle.leaf_hash(bytes([number])) for number in range(64)]

    def stored(_level: int, first: int, count: int) -> list[bytes]:
        return hashes[first : first + count]

    given = [
        [
            list(hashes[index]),
            index,
            size,
            [list(step) for step in inclusion_proof(index, size, stored)],
            list(merkle.root_of(hashes[:size])),
        ]
        for size in range(1, 65)
        for index in {0, size // 2, size - 1}
    ]
    ask = """(given) => given.forEach(([leaf, index, size, proof, root]) => {
      const bytes = (one) => Uint8Array.from(one);
      checkInclusion(bytes(leaf), index, size, proof.map(bytes), bytes(root));
      for (const wrong of [index + 1, size]) {
        try { checkInclusion(bytes(leaf), wrong, size, proof.map(bytes), bytes(root)); } catch (error) { continue; }
        throw new Error(`accepted ${wrong} of ${size}`);
      }
    })"""
    page.evaluate(ask, given)


def test_signatures_in_the_browser_are_those_of_python(page):
    message, key = b"pesan", Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    beyond = int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    twice = signature[:32] + beyond.to_bytes(32, "little")
    ask = (
        "([key, message, value]) => isSignedBy(Uint8Array.from(key), Uint8Array.from(message), Uint8Array.from(value))"
    )
    for value, fits in ((signature, True), (twice, False), (signature[::-1], False), (signature[:63], False)):
        assert page.evaluate(ask, [list(public), list(message), list(value)]) is fits

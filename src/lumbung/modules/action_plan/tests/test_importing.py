"""Plans in other forms become drafts: everything or nothing, and what cannot be kept is named row by row."""

import io
import json
import subprocess
import sys
import zipfile

import docx
import openpyxl
import pytest
from django.db import transaction
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.actions import importing
from lumbung.modules.action_plan.actions.importing import Source
from lumbung.modules.action_plan.demo import drafts as written
from lumbung.modules.action_plan.models import Draft
from lumbung.modules.action_plan.queries import drafted_record, drafts
from lumbung.modules.action_plan.queries import importing as known
from lumbung.modules.action_plan.reading import days, files
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db

HEADERS = ["No.", "Komitmen", "Permasalahan", "Nilai OGP", "Instansi Penanggung Jawab", "Instansi Terkait", "OMS"]
HEADERS += ["Waktu Pelaksanaan", "Tonggak Capaian", "Keluaran", "Jatuh Tempo", "Indikator", "Kolom lain"]
DISKOMINFO = "Dinas Komunikasi, Informatika, dan Statistik Provinsi Nusa Tenggara Barat"
VALUES = "Akses informasi; Inovasi teknologi"
ROWS = [
    ["1", "Data desa terbuka", "Data tersebar.", VALUES, DISKOMINFO, "", "Somasi NTB", "2027–2029"],
    ["", "", "", "", "", "Dinas Tidak Ada", "", "", "Papan terpasang", "Foto", "Desember 2027", "", ""],
    ["2", "Layanan cepat", "Antre lama.", "Kecepatan", "ntb-dinkes", "", "", "1 Maret 2027 s.d. 31-08-2028"],
]
ROWS[0] += ["Daftar ditetapkan", "Keputusan", "30 Juni 2027", "Desa dengan papan", "diabaikan"]
ROWS[2] += ["", "", "", "Waktu antre", ""]


def sheet(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def workbook():
    return sheet(["Matriks Rencana Aksi Daerah"], HEADERS, *ROWS)


def document():
    paper, out = docx.Document(), io.BytesIO()
    table = paper.add_table(rows=0, cols=len(HEADERS))
    for row in (HEADERS, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(out)
    return out.getvalue()


def read(*contents, language="id"):
    names = known.known_for(here.plan(), language=language, day=clock.local_day(NOW))
    return files.read(contents, names, plan=here.KEY)


def take(people, contents, by="sekretariat.ntb", *, language="id"):
    kind, rows = read(*contents, language=language)
    viewer = people.viewer(by)
    [member] = known.members_written_by(viewer, here.plan())
    kept, _others = known.checked(rows, here.plan(), viewer, member=member)
    source = Source(kind, "0" * 64)
    return importing.import_drafts(plan=here.plan(), source=source, rows=kept, note="", by=viewer, now=NOW)


def orders():
    return [(each.slug, each.number) for each in drafts.commitments_of(here.member())]


@pytest.mark.parametrize("made", [workbook, document])
def test_a_matrix_is_read_by_its_headers_whatever_program_made_it(people, made):
    kind, rows = read(made())
    assert (kind, [row.title for row in rows]) == ("matrix", ["Data desa terbuka", "Layanan cepat"])
    first, second = (row.body for row in rows)
    assert first["values"] == ["access_to_information", "technology"]
    assert first["institutions"] == [
        {"code": "ntb-diskominfotik", "role": "lead"},
        {"code": "somasi-ntb", "role": "civil_society"},
    ]
    assert (first["starts_on"], first["ends_on"]) == ("2027-01-01", "2029-12-31")
    assert (second["starts_on"], second["ends_on"]) == ("2027-03-01", "2028-08-31")
    assert [each["due_on"] for each in first["milestones"]] == ["2027-06-30", "2027-12-31"]
    assert first["indicators"][0]["title"]["id"] == "Desa dengan papan"


def test_what_cannot_be_kept_is_named_in_the_row(people):
    _kind, rows = read(workbook())
    assert "Dinas Tidak Ada" in rows[0].notes[0].text
    assert "Kecepatan" in rows[1].notes[0].text


MERGED = ["", "", "Masyarakat tidak tahu.", "public_accountability", "", "", "", "2027–2030", "Daftar ditetapkan"]
MERGED += ["Keputusan gubernur", "", "Desa dengan layar", ""]


def test_what_a_row_says_more_of_the_commitment_above_it_is_added(people):
    _kind, [row] = read(sheet(HEADERS, ROWS[0], ROWS[0], MERGED))
    assert row.body["problem"]["id"] == "Data tersebar.\nMasyarakat tidak tahu."
    assert row.body["values"] == ["access_to_information", "technology", "public_accountability"]
    assert [each["title"]["id"] for each in row.body["indicators"]] == ["Desa dengan papan", "Desa dengan layar"]
    [step] = row.body["milestones"]
    assert step["output"]["id"] == "Keputusan\nKeputusan gubernur"
    told = [note.text for note in row.notes]
    assert any("2030-12-31" in each for each in told)
    assert any("Kolom lain" in each for each in told)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"Tonggak Capaian": "x" * 201}, "201"),
        ({"Indikator": "x" * 201}, "201"),
        ({"Komitmen": "=A1"}, "Rumus"),
        ({"Tonggak Capaian": ""}, "tonggak"),
        ({"Komitmen": ""}, "judul"),
        ({"Permasalahan": "x" * 4_001}, "4001"),
    ],
)
def test_what_would_be_lost_of_a_table_forbids_taking_it_over(people, more, words):
    told = dict(zip(HEADERS, ROWS[0], strict=True)) | more
    _kind, [row] = read(sheet(list(told), list(told.values())))
    assert any(words in error.text for error in row.errors), [error.text for error in row.errors]


def test_a_table_longer_than_is_read_is_not_taken_over_in_part(people):
    _kind, rows = read(sheet(HEADERS, *([str(at), f"Komitmen {at}", *ROWS[0][2:]] for at in range(400))))
    assert rows[-1].errors
    assert not any(row.errors for row in rows[:-1])


def test_an_import_is_all_or_nothing(people):
    here.commitment(people, "layanan-cepat")
    take(people, [workbook()])
    assert {each.slug for each in Draft.objects.filter(member=here.member())} >= {
        "data-desa-terbuka",
        "layanan-cepat-2",
    }
    kind, rows = read(workbook())
    rows[1].slug = rows[0].slug = "sama"
    for row in rows:
        row.member = "ntb"
    before = Draft.objects.count()
    with pytest.raises(Refused) as refused:
        importing.import_drafts(
            plan=here.plan(), source=Source(kind, ""), rows=rows, note="", by=people.viewer("sekretariat.ntb"), now=NOW
        )
    assert refused.value.code == "draft-slug-taken"
    assert Draft.objects.count() == before


def test_the_record_of_a_plan_taken_over_into_an_empty_plan_has_the_same_hash(people):
    with transaction.atomic():
        written.write(people.viewer, NOW)
        told = drafted_record.drafted_record(here.plan())
        transaction.set_rollback(True)
    assert drafts.count_commitments(here.plan()) == 0
    data = drafted_record.canonical_bytes(told)
    take(people, [data])
    take(people, [data], by="sekretariat.ksb")
    again = drafted_record.drafted_record(here.plan())
    assert drafted_record.record_sha256(again) == drafted_record.record_sha256(told)
    assert len(again["commitments"]) == 9


def test_a_secretariat_takes_over_only_its_own_part_of_a_record(people):
    here.commitment(people, "satu")
    here.commitment(people, "dua", of="ksb")
    _kind, rows = read(drafted_record.canonical_bytes(drafted_record.drafted_record(here.plan())))
    kept, others = known.checked(rows, here.plan(), people.viewer("sekretariat.ksb"), member=here.member("ksb"))
    assert ([row.slug for row in kept], [row.slug for row in others]) == (["", "dua"], ["satu"])
    assert kept[1].errors, "its short name is given already"


def step(told):
    return told["commitments"][0]["body"]["milestones"][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["commitments"][0].update(slug="../kelola"),
        lambda told: told["commitments"][0].update(member="bima"),
        lambda told: told["commitments"][0]["body"].update(title="bukan dua bahasa"),
        lambda told: told["commitments"][0]["body"].update(extra=1),
        lambda told: told["commitments"][0]["body"].update(goals=[18]),
        lambda told: told["commitments"][0]["body"].update(starts_on="besok"),
        lambda told: told["commitments"][0]["body"]["milestones"][0].update(owner="tidak-ada"),
        lambda told: told["commitments"][0]["body"].update(institutions=[{"code": "tidak-ada", "role": "lead"}]),
        lambda told: told["commitments"][0]["body"].update(indicators=[1]),
        lambda told: told["commitments"][0]["body"].update(indicators=["reports.tidak_ada"]),
        lambda told: told["commitments"][0]["body"].update(goals=[[1]]),
        lambda told: told["commitments"][0]["body"].update(goals=[True]),
        lambda told: told["commitments"][0]["body"].update(values=[{}]),
        lambda told: told["commitments"][0]["body"].update(institutions=[{"code": [], "role": "lead"}]),
        lambda told: told["commitments"][0]["body"].update(institutions=[{"code": "ntb-dinkes", "role": {}}]),
        lambda told: told["commitments"][0]["body"]["milestones"][0].update(owner=[]),
        lambda told: told["commitments"][0]["body"]["milestones"][0].update(number=10**30),
        lambda told: told["commitments"][0]["body"].update(title={"id": "nol\x00", "en": ""}),
        lambda told: told["commitments"][0]["body"].update(ends_on="2026-12-31"),
        lambda told: told["commitments"][0]["body"]["milestones"][0].update(due_on="2026-12-31"),
        lambda told: told["commitments"][0]["body"].update(
            milestones=told["commitments"][0]["body"]["milestones"] * 21
        ),
        lambda told: told["commitments"][0].update(body=[1]),
    ],
)
def test_a_record_that_departs_from_the_form_is_refused_row_by_row(people, change):
    here.commitment(people)
    told = json.loads(drafted_record.canonical_bytes(drafted_record.drafted_record(here.plan())))
    change(told)
    _kind, rows = read(json.dumps(told).encode())
    kept, others = known.checked(rows, here.plan(), people.viewer("sekretariat.ntb"), member=here.member())
    [wrong] = [row for row in (*kept, *others) if row.kind == "commitment"]
    # One sentence is that its name is given already, another that its number is.
    assert len(wrong.errors) > 2 * (wrong.slug == "jalan-terbuka" and wrong.member == "ntb")
    assert isinstance(wrong.title, str)


DECIDIM = """id;category/name/id;parent/id;title/id;title/en;description/id;start_date;end_date;status/key;progress
7;Data;;Data desa terbuka;Open village data;"<p>Satu &amp; dua</p><p>Tiga</p>";2027-01-01;2029-12-31;ongoing;40
8;;7;Papan terpasang;;<p>Foto</p>;;2027-12-31;;
"""


LONG = "id,title/id,description/id\n" + "".join(f"{number},Judul {number},Isi\n" for number in range(401))
BELOW = "id;parent/id;title/id;end_date\n1;;Satu;\n2;1;Dua;31 Februari 2027\n3;2;Tiga;\n9;8;Yatim;\n"


def test_results_far_below_and_those_without_theirs_are_not_lost(people):
    _kind, [top, orphan] = read(BELOW.encode())
    assert [each["title"]["id"] for each in top.body["milestones"]] == ["Dua", "Tiga"]
    assert "31 Februari 2027" in top.notes[0].text
    assert (orphan.title, len(orphan.errors)) == ("Yatim", 1)


def test_results_of_decidim_become_commitments_and_those_below_them_milestones(people):
    _kind, [row] = read(DECIDIM.encode())
    assert row.body["action"]["id"] == "Satu & dua\nTiga"
    assert [each["title"]["id"] for each in row.body["milestones"]] == ["Papan terpasang"]
    assert [note.params["column"] for note in row.notes] == ["status/key", "progress"]


MARKDOWN = """---
layout: commitment
title: Expand the use of equitable data
commitment_id: US0113
commitment_theme_name: Improve access to government data
commitment_detail_sub: "1) The government commits to five recommendations."
commitment_status: On Track
commitment_narrative: placeholder
commitment_agency: ostp.eop.gov
---

"""


def test_commitments_kept_as_markdown_are_read_from_their_front_matter(people):
    [first, _second] = take(people, [MARKDOWN.encode(), MARKDOWN.replace("US0113", "US0114").encode()], language="en")
    assert first.draft.slug == "us0113"
    assert first.body["action"] == {"id": "", "en": "1) The government commits to five recommendations."}
    assert first.body["status_quo"]["en"] == ""
    [row] = read(MARKDOWN.encode(), language="en")[1]
    assert {note.params["name"] for note in row.notes} == {"ostp.eop.gov", "commitment_status"}


def test_a_day_that_does_not_exist_is_named_in_its_row(people):
    text = MARKDOWN.replace("commitment_id: US0113", "starts_on: 2021-02-30\nvalues: openness")
    [row] = read(text.encode(), language="en")[1]
    assert {"2021-02-30", "values"} <= {str(value) for note in row.notes for value in note.params.values()}
    assert row.body["starts_on"] is None


BOMB = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: [*a,*a]\ntitle: T\n---\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import-empty"),
        (b"{}", "import-not-a-record"),
        (b"[" * 100_000, "import-not-decidim"),
        (b'{"v":2,"commitments":' + b"[" * 100_000, "import-not-a-record"),
        (b"a,b\n1,2\n", "import-not-decidim"),
        (b"\xff\xfe\x00", "import-not-utf8"),
        (BOMB.encode(), "import-not-front-matter"),
        (b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "import-not-front-matter"),
        (b"PK\x03\x04not an archive", "import-unreadable"),
        (b"x" * 5_000_001, "import-too-large"),
        (b"id,title/id\n1," + b"x" * 140_000, "import-broken-csv"),
        (LONG.encode(), "import-too-long"),
        (b"---\ntitle: " + b"[" * 5_000 + b"\n---\n", "import-not-front-matter"),
        (b"---\ntitle: !!timestamp besok\n---\n", "import-not-front-matter"),
        (b'---\ntitle: "\\ud800"\n---\n', "import-not-front-matter"),
        (b'{"v":2,"plan":"\\ud800","members":[],"narrative":null,"commitments":[]}', "import-not-a-record"),
        (b"%PDF-1.7 rencana", "import-of-unknown-kind"),
        (b"MZ\x90\x00\x03", "import-of-unknown-kind"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(people, content, code):
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.code == code


def test_an_archive_that_unpacks_to_gigabytes_is_not_opened(people):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 32_000_000)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert refused.value.code == "import-too-large"


def test_a_table_without_the_headers_of_a_plan_holds_no_commitment(people):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Nama", "Alamat"])
    book.save(out)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert refused.value.code == "import-without-commitments"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027", "2027-01-01", "2027-12-31"),
        ("Februari 2028", "2028-02-01", "2028-02-29"),
        ("31 Agustus 2027", "2027-08-31", "2027-08-31"),
        ("05/06/2027", "2027-06-05", "2027-06-05"),
        ("2027-06-05T00:00:00", "2027-06-05", "2027-06-05"),
        ("31 Februari 2027", "None", "None"),
        ("triwulan II", "None", "None"),
    ],
)
def test_days_are_read_as_offices_write_them(text, first, last):
    assert (str(days.day_of(text, end=False)), str(days.day_of(text, end=True))) == (first, last)


def test_the_reader_of_tables_knows_nothing_of_lumbung():
    told = "print([name for name in sys.modules if 'lumbung' in name or 'django' in name])"
    asked = f"import runpy, sys; runpy.run_path({str(files.limited.READER)!r}); {told}"
    done = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"

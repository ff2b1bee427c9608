"""Every fingerprint we print is found where its code leads, and by the search of the public log."""

import csv
import io
import json
import re

import docx
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.log import actions as log
from lumbung.modules.action_plan.actions import submission
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import drafted_record
from lumbung.modules.action_plan.queries import importing as known
from lumbung.modules.action_plan.reading import record as reader
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
HEX = re.compile(r"\b[0-9a-f]{64}\b")
LOADED = "/ntb/rencana-aksi/susun/ntb-ksb-2021-2023/penetapan/"


def is_found(sha256):
    return Client().get(f"/catatan-publik/cari/?q={sha256}").status_code in {200, 302}


def words_of(content):
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


def test_what_the_files_of_an_enacted_plan_print_is_found_where_their_code_leads_and_in_the_log(people):
    given.enacted(people)
    given.enacted(people, "ksb", "posyandu-gr")
    log.extend(now=NOW)
    for _twice in range(2):
        made = submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)
    log.extend(now=NOW)
    page = Client().get(f"/ntb/rencana-aksi/susun/{here.KEY}/penetapan/").content.decode()
    assert made[0].plan_sha256 in page
    assert page.count("/berkas/") + page.count(".pdf") >= 2
    files = {f"{each.kind}.{each.language}".strip("."): bytes(each.content) for each in made}
    printed = {
        *HEX.findall(words_of(files["docx.id"])),
        *HEX.findall(files["json"].decode()),
        *HEX.findall(files["csv"].decode()),
        *HEX.findall(page),
    }
    assert len(printed) >= 8
    assert [each for each in printed if not is_found(each)] == []


def test_the_files_of_the_plan_of_2021_print_its_record_with_entry_and_checkpoint(people):
    log.extend(now=NOW)
    browser = Client()
    told = browser.get("/ntb/rencana-aksi/rencana.json").json()
    sha256, page = told["proof"]["sha256"], browser.get(LOADED).content.decode()
    assert sha256 in page
    rows = list(csv.DictReader(io.StringIO(browser.get("/ntb/rencana-aksi/rencana.csv").content.decode())))
    assert {row["Plan SHA-256"] for row in rows} == {sha256}
    assert all(row["Checkpoint"] for row in rows)
    assert {row["Potential Impact"] for row in rows} == {""}
    assert "Binding or institutionalised" in {row["Ambition At The Start (Scale Of 2021)"] for row in rows}
    words = words_of(browser.get("/ntb/rencana-aksi/rencana.docx").content)
    assert f"/catatan-publik/{told['proof']['entry']['index']}/" in words
    printed = {*HEX.findall(words), sha256, told["proof"]["checkpoint"]["root"]}
    assert [each for each in printed if not is_found(each)] == []


def test_the_json_of_the_plan_of_2021_is_read_again_and_gives_the_same_fingerprint(people):
    content = Client().get("/ntb/rencana-aksi/rencana.json").content
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    rows = reader.rows_of(content, known.known_for(plan, language="id", day=clock.local_day(NOW)), plan=plan.pk)
    assert [(row.slug, row.errors, row.notes) for row in rows if row.errors or row.notes] == []
    told, [narrative, *commitments] = json.loads(content), rows
    read = {
        "v": drafted_record.VERSION,
        "plan": plan.pk,
        "members": told["members"],
        "narrative": narrative.body,
        "commitments": [
            {"slug": row.slug, "member": row.member, "number": row.number, "body": row.body} for row in commitments
        ],
    }
    assert drafted_record.record_sha256(read) == told["proof"]["sha256"]

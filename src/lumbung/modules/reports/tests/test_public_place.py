"""What the public may know of an anonymous report: the same place and the same day on every surface."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.core.search.models import IndexRow
from lumbung.modules.reports import datasets
from lumbung.modules.reports.actions import indexing
from lumbung.modules.reports.models import PublicVersion, Report
from lumbung.modules.reports.tests.stories import verified

pytestmark = pytest.mark.django_db
LIST = "/ksb/laporan/"


def accusing(people, *, is_anonymous: bool = True) -> Report:
    """A report of officials that stands public all the same: its topic became confidential by force afterwards."""
    report = verified(people, now=clock.now() - timedelta(days=30), is_anonymous=is_anonymous)
    Report.objects.filter(pk=report.pk).update(category=people.levy)
    PublicVersion.objects.filter(report=report).update(place="dekat kantor desa")
    assert indexing.index_all(now=clock.now()) == 1
    return Report.objects.get(pk=report.pk)


def surfaces(report: Report) -> dict[str, str]:
    """Everything the public gets of a report, its share text in its page."""
    found = {where: Client().get(f"{LIST}{where}").content.decode() for where in ("unduh.csv", "umpan.atom", "peta/")}
    found["page"] = Client().get(f"{LIST}{report.number}/").content.decode()
    # The filter names every district, never a village.
    found["list"] = Client().get(LIST).content.decode()
    found["search"] = Client().get("/ksb/cari/", {"q": "jalan"}).content.decode()
    found["index"] = " ".join(str(row) for row in IndexRow.objects.filter(index="public").values())
    found["dataset"] = str(datasets.report_rows(clock.now(), "52.07"))
    return found


def test_where_somebody_anonymous_accuses_officials_the_village_is_told_nowhere(people):
    report = accusing(people)
    told = surfaces(report)
    village, code = report.village.name, report.village_id
    name = village.split(" ", 1)[-1] if village.startswith(("Desa ", "Kelurahan ")) else village
    for surface, text in told.items():
        assert f">{village}" not in text, surface
        assert f"{village}, {report.district.name}" not in text, surface
        assert code not in text, surface
        assert "dekat kantor desa" not in text, surface
    assert name.casefold() not in told["index"].casefold()
    assert report.district.name in told["page"]
    assert report.number in told["list"]


def test_an_open_report_of_the_same_topic_tells_the_village(people):
    report = accusing(people, is_anonymous=False)
    told = surfaces(report)
    for surface in ("page", "list"):
        assert f"{report.village.name}, {report.district.name}" in told[surface]


def test_an_anonymous_report_tells_the_village_and_nothing_finer(people):
    report = verified(people, now=clock.now() - timedelta(days=30), is_anonymous=True)
    PublicVersion.objects.filter(report=report).update(place="samping surau")
    indexing.index_all(now=clock.now())
    told = surfaces(report)
    assert f"{report.village.name}, {report.district.name}" in told["page"]
    assert not [surface for surface, text in told.items() if "surau" in text]


def test_the_order_of_the_list_does_not_tell_the_day_of_an_anonymous_report(people):
    """Sent on Friday it stands below what came openly on Tuesday: as if it had come on Monday."""
    day = clock.now() - timedelta(days=30)
    friday = day - timedelta(days=clock.local_day(day).weekday()) + timedelta(days=4)
    verified(people, now=friday - timedelta(days=3), title="Terbuka, Selasa")
    hidden = verified(people, now=friday, title="Anonim, Jumat", is_anonymous=True)
    assert hidden.told_on == clock.local_day(friday) - timedelta(days=4)
    for address in (LIST, f"{LIST}unduh.csv", f"{LIST}umpan.atom"):
        page = Client().get(address).content.decode()
        assert page.index("Terbuka, Selasa") < page.index("Anonim, Jumat"), address


def test_a_report_made_anonymous_later_sorts_by_its_week_from_then_on(people):
    from lumbung.modules.reports.actions import triage  # noqa: PLC0415

    report = verified(people, now=clock.now() - timedelta(days=30))
    assert report.told_on == report.received_on
    kept = {"title": "Jalan rusak", "text": "Rusak.", "place": "", "hides_person": "on", "hides_text": ""}
    by = people.viewer("koordinator.ksb")
    hidden = triage.correct_public_version(report=report, by=by, now=clock.now(), **kept)
    assert hidden.told_on.weekday() == 0
    assert not IndexRow.objects.filter(index="public", kind="report").exists()


def test_the_dataset_tells_no_more_than_the_list_before_the_monday(people):
    now = clock.now()
    monday = clock.local_day(now) - timedelta(days=clock.local_day(now).weekday())
    report = verified(people, now=now - timedelta(days=8), is_anonymous=True)
    Report.objects.filter(pk=report.pk).update(held_until=monday + timedelta(days=7), held_state="submitted")
    [row] = datasets.report_rows(now, "52.07")
    assert (row["state"], row["category"], row["district_code"]) == ("submitted", "", "")
    assert report.number not in Client().get(LIST).content.decode()


def test_the_page_of_the_date_answers_in_its_own_portal_only(people):
    report = verified(people, now=clock.now())
    assert Client().get(f"/ksb/laporan/{report.number}/mengapa-tanggal-ini/").status_code == 200
    assert Client().get(f"/ntb/laporan/{report.number}/mengapa-tanggal-ini/").status_code == 404


def test_an_open_report_cannot_be_told_by_another_day(people):
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    report = verified(people, now=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(told_on=report.received_on - timedelta(days=1))

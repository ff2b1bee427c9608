"""The demonstration shows photos in every stage."""

import pytest
from django.test import Client

from lumbung.core.base import clock
from lumbung.modules.reports.models import EvidencePhoto, ReportPhoto
from lumbung.modules.reports.tests.test_photos import in_hands_of_pupr, send
from lumbung.site import demo_photos

pytestmark = pytest.mark.django_db


def test_the_newest_reports_get_photos_cleared_or_waiting_and_evidence(people, settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path / "files"
    reports = [send(Client(), people, photos=0) for _ in range(4)]
    for report in reports:
        in_hands_of_pupr(people, report)
    assert demo_photos.play(now=clock.now()) == 4
    standings = sorted(ReportPhoto.objects.values_list("standing", flat=True))
    assert standings == ["cleared", "cleared", "cleared", "waiting"]
    assert EvidencePhoto.objects.filter(response__standing="approved").count() == 2
    assert demo_photos.play(now=clock.now()) == 0

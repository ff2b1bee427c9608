"""The datasets of the demonstration: figures that hang together, published as agencies publish, once."""

import pytest
from rdflib import DCAT, RDF

from lumbung.modules.open_data.demo import figures, story, subjects
from lumbung.modules.open_data.models import Check, Dataset, Listing, Release
from lumbung.modules.open_data.queries import releases
from lumbung.modules.open_data.queries.dcat_catalogues import PAGE_SIZE
from lumbung.modules.open_data.tests import test_croissant as croissants
from lumbung.modules.open_data.tests import test_dcat as dcats
from lumbung.site.demo_officers import Officers
from tests.cast import NOW


def test_invented_figures_are_the_same_everywhere_and_parts_stay_within_the_whole():
    for subject in subjects.every_subject():
        places = [figures.Place("52.01", "Lombok Barat"), figures.Place("52.07", "Sumbawa Barat")]
        made = figures.make(subject, places)
        assert made == figures.make(subject, places)
        shares = [(each.name, each.share_of) for each in subject.measures if each.share_of and each.level < 1]
        for row in made.rows:
            told = dict(zip(made.header, row, strict=True))
            assert all(float(told[part]) <= float(told[whole]) for part, whole in shares), (subject.key, row)


def test_every_invented_dataset_says_that_it_is():
    assert all(subject.summary[0].startswith(subjects.INVENTED[0]) for subject in subjects.every_subject())
    assert all(subject.summary[1].startswith(subjects.INVENTED[1]) for subject in subjects.every_subject())


@pytest.mark.django_db
def test_a_dataset_of_the_demonstration_passes_the_desks_and_is_published_once(people):
    for _twice in range(2):
        story.play(most=2, desks=Officers(now=NOW), progress=lambda _done: None)
    found = list(Release.objects.order_by("dataset__portal_id"))
    assert [release.dataset.portal_id for release in found] == ["ksb", "ntb"]
    for release in found:
        submitted = release.draft.submitted_by_id
        assert submitted not in set(Check.objects.filter(draft=release.draft).values_list("checked_by_id", flat=True))
        types = {field["name"]: field["type"] for field in releases.schema_of(release.tables.get())["fields"]}
        assert types["penduduk_jiwa"] == "integer"
        assert types["tahun"] == "year"


@pytest.mark.heavy
@pytest.mark.django_db
def test_the_croissant_of_every_open_dataset_of_the_demonstration_is_valid_and_gives_every_row(people):
    story.play(most=40, desks=Officers(now=NOW), progress=lambda _done: None)
    found = Release.objects.filter(access=Dataset.Access.OPEN).select_related("dataset")
    assert found.count() > 30
    for release in found:
        where = f"/{release.dataset.portal_id}/data/{release.dataset.key}/v{release.number}/croissant.json"
        table = release.tables.select_related("version", "resource").first()
        assert len(croissants.read(croissants.told(where), table)) == table.version.row_count, where


@dcats.needs_shapes
@pytest.mark.heavy
@pytest.mark.django_db
def test_every_dataset_of_the_demonstration_keeps_to_the_shapes_of_dcat(people):
    story.play(most=40, desks=Officers(now=NOW), progress=lambda _done: None)
    listed = Listing.objects.select_related("dataset")
    assert listed.count() > 30
    for portal in ("ntb", "ksb"):
        graph = dcats.read(f"/{portal}/catalog.ttl")
        assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == listed.filter(portal=portal).count() <= PAGE_SIZE
        assert dcats.violations(graph) == ""

"""What the catalogue finds: words of two languages, synonyms, slips, places, years; and why a thing was found."""

import pytest

from lumbung.core.search import finding
from lumbung.modules.open_data.queries import catalogue_search
from lumbung.modules.open_data.queries.catalogue_search import Wanted
from lumbung.modules.open_data.tests import judged

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def texts(django_db_setup, django_db_blocker):
    """The corpus, listed once for all tests of this file."""
    from django.db import transaction  # noqa: PLC0415

    from lumbung.core.portals.models import Portal  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        judged.publish_all(Portal.objects.get(pk="ntb"))
        yield
        transaction.set_rollback(True)


def test_smoke(texts, people):
    for words in ("panjang jalan", "roads", "konsumsi ikan", "prokduksi jagung", "52.07", "Dishub 2023"):
        got = catalogue_search.answer(people.ntb, Wanted(words))
        print(words, got.total, got.asked.corrected, got.asked.unknown, [r.title_id for r in got.rows[:4]])

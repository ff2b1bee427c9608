"""A short name is an address for ever: whatever stands at an address already cannot be one."""

from datetime import date

import pytest
from django.urls import URLPattern
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import names, urls
from lumbung.modules.action_plan.actions import plans, practices
from lumbung.modules.action_plan.actions.plans import PlanFacts
from lumbung.modules.action_plan.actions.practices import PracticeFacts
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.tests import stage as here


def words_of_addresses(before: str) -> set[str]:
    """What stands literally behind the beginning of an address, where a name could stand as well."""
    patterns = [str(each.pattern) for each in urls.urlpatterns if isinstance(each, URLPattern)]
    found = {each.removeprefix(before).partition("/")[0] for each in patterns if each.startswith(before)}
    return {each for each in found if names.is_short(each)}


def test_every_word_of_an_address_is_kept_from_being_a_name():
    assert words_of_addresses("") <= names.TAKEN_FOR_COMMITMENTS
    assert words_of_addresses("kelola/") | words_of_addresses("susun/") <= names.TAKEN_FOR_PLANS


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["rencana", "praktik-baik", "tiga-penilaian", "plan", "Jalan_Terbuka", "jalan-"])
def test_a_commitment_is_not_called_like_a_page(people, slug):
    with pytest.raises(Refused) as refused:
        here.commitment(people, slug)
    assert refused.value.field == "slug"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["mulai", "NTB_Besar", "", "ntb--2030"])
def test_a_plan_is_not_called_like_a_page(people, key):
    facts = PlanFacts(key, "Rencana", "", date(2030, 1, 1), date(2031, 1, 1), {by_code("ntb"): "province-eight"})
    with pytest.raises(Refused) as refused:
        plans.begin_plan(facts=facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert refused.value.field == "key"
    assert not Plan.objects.filter(pk=key).exists()


@pytest.mark.django_db
def test_a_story_has_a_short_name_as_its_hint_says(people):
    facts = PracticeFacts("Rapor_Bulanan", None, "Rapor", "", "Isi.", "")
    with pytest.raises(Refused) as refused:
        practices.publish_practice(member=here.member(), facts=facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert refused.value.code == "practice-slug-is-no-short-name"

"""What the parts declare about themselves fits together."""

import dataclasses
import re

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from lumbung.core.access import registry as access
from lumbung.core.events import registry as events
from lumbung.core.jobs import registry as jobs
from lumbung.core.search import registry as search
from lumbung.core.web import navigation
from lumbung.site import manifests

ALL = manifests.all_manifests()
BY_NAME = {manifest.name: manifest for manifest in ALL}


def test_each_part_declares_itself_once():
    assert len(BY_NAME) == len(ALL)
    assert {
        "access",
        "calendar",
        "events",
        "limits",
        "organisations",
        "portals",
        "regions",
        "reports",
        "search",
    } <= set(BY_NAME)


def test_registering_again_changes_nothing():
    before = (access.all_roles(), events.all_types(), jobs.all_types(), navigation.items(), search.all_kinds())
    manifests.register_all()
    assert before == (access.all_roles(), events.all_types(), jobs.all_types(), navigation.items(), search.all_kinds())


@pytest.mark.parametrize("manifest", ALL, ids=lambda manifest: manifest.name)
def test_keys_begin_with_the_name_of_their_part(manifest):
    keys = [verb.key for verb in manifest.verbs] + [job.name for job in manifest.jobs]
    keys += [each.event_class.key for each in manifest.events]
    assert all(key.startswith(f"{manifest.name}.") for key in keys)


@pytest.mark.parametrize("manifest", ALL, ids=lambda manifest: manifest.name)
def test_a_sentence_asks_only_for_what_its_event_holds(manifest):
    for each in manifest.events:
        held = {field.name for field in dataclasses.fields(each.event_class)} | set(each.derived)
        for language in ("id", "en"):
            with translation.override(language):
                assert set(re.findall(r"%\((\w+)\)s", str(each.sentence))) <= held, each.event_class.key


@pytest.mark.parametrize("manifest", ALL, ids=lambda manifest: manifest.name)
def test_an_event_class_is_frozen_and_has_only_declared_fields(manifest):
    for each in manifest.events:
        assert each.event_class.__dataclass_params__.frozen, each.event_class.key
        assert not hasattr(each.event_class, "__dict__") or "__slots__" in vars(each.event_class)


def test_every_reaction_joins_a_known_event_and_a_known_job():
    for manifest in ALL:
        for reaction in manifest.reactions:
            assert events.get(reaction.event_key)
            assert jobs.get(reaction.job_name)


# What rows of each kind hold as their address, beside the portal.
FOUND_AT = {
    "report": {"number": "NTB-2026-000001"},
    "idea": {"plan_key": "rencana", "idea_number": "U-2026-0001"},
    "comment": {"plan_key": "rencana", "comment_number": "M-2026-0001"},
    "remark": {"plan_key": "rencana", "remark_number": "P-2026-0001"},
    "commitment": {"slug": "ntb-care"},
    "dataset": {"key": "reports_public"},
    "story": {"story": "jalan-mulus"},
}


def test_every_menu_entry_and_search_kind_leads_somewhere():
    for item in [item for _module, item in navigation.items()]:
        assert navigation.url_of(item, "ntb")
        assert item.audience == "public" or access.is_verb(item.audience)
    for kind in search.all_kinds():
        assert access.is_verb(kind.staff_verb)
        for route in (kind.route, kind.staff_route):
            try:
                reverse(route, kwargs={"portal_slug": "ntb", **FOUND_AT[kind.key]})
            except NoReverseMatch as error:
                pytest.fail(f"{kind.key}: {error}")


def test_an_agency_sees_no_hidden_identity_and_the_coordinator_is_marked():
    sees = {role.key for role in access.all_roles() if role.personal_data == "sees"}
    assert "coordinator" in sees
    for role in access.all_roles():
        if "reports.open_identity" in access.verbs_of(role.key):
            assert role.key in sees, role.key

"""Who may do what, where, and on which day."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from lumbung.core.access import policies, registry
from lumbung.core.access.models import Account, Grant
from lumbung.core.access.queries import accounts_with, grants_in_force, viewer_for
from lumbung.core.access.tests.cast import TODAY, account, holding, viewer
from lumbung.core.access.viewers import ANYWHERE, NOBODY, Scope, Viewer, may, role_for
from lumbung.core.base.actors import GUEST
from lumbung.core.base.declarations import Role, Verb
from lumbung.core.base.errors import NotPermitted

pytestmark = pytest.mark.django_db

KSB, NTB = Scope(region_code="52.07"), Scope(region_code="52")


def test_a_guest_may_nothing():
    assert not may(NOBODY, "access.manage")
    assert NOBODY.acting_as(None) == GUEST


def test_a_portal_role_holds_in_its_own_region_only(people):
    coordinator = people.viewer("koordinator.ksb")
    assert may(coordinator, "reports.verify", KSB)
    assert not may(coordinator, "reports.verify", NTB)
    assert may(coordinator, "reports.verify", ANYWHERE)


def test_the_province_does_not_reach_into_the_regency(people):
    assert not may(people.viewer("koordinator.ntb"), "reports.verify", KSB)


def test_an_organisation_role_holds_for_its_own_organisation_only(people):
    officer = people.viewer("pupr.ksb")
    assert may(officer, "reports.answer", Scope(organisation_code="ksb-pupr"))
    assert not may(officer, "reports.answer", Scope(organisation_code="ntb-pupr"))
    assert not may(officer, "reports.answer", Scope(region_code="52.07"))


def test_an_organisation_role_does_not_match_a_thing_without_organisation():
    held = Viewer(held=viewer(holding("Kosong", "administrator")).held)
    assert may(held, "access.manage", Scope(organisation_code="ksb-pupr"))
    assert not may(NOBODY, "reports.answer", Scope(organisation_code=""))


def test_an_installation_role_holds_everywhere():
    administrator = viewer(holding("Wira", "administrator"))
    assert may(administrator, "access.manage", KSB)
    assert may(administrator, "access.manage", NTB)


def test_a_role_nobody_declares_allows_nothing():
    stranger = viewer(holding("Lama", "role_of_a_removed_module"))
    assert stranger.held
    assert not may(stranger, "access.manage")


def test_an_acting_head_acts_from_the_first_to_the_last_day():
    acting = holding("Sari", "administrator", since=TODAY, until=TODAY + timedelta(days=5))
    days = {day: viewer_for(acting, day=TODAY + timedelta(days=day)).held for day in (-1, 0, 5, 6)}
    assert [bool(days[day]) for day in (-1, 0, 5, 6)] == [False, True, True, False]
    assert days[0][0].standing == "plt"


def test_the_log_says_that_the_head_was_acting():
    acting = viewer(holding("Sari", "administrator", since=TODAY, until=TODAY))
    actor = acting.acting_as(role_for(acting, "access.manage"))
    assert actor.role == "administrator.plt"
    assert actor.pseudonym
    assert "Sari" not in repr(actor)


def test_acting_needs_an_end_date():
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=account("Sari"), role="administrator", standing="plt", valid_from=TODAY)


def test_a_grant_cannot_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        holding("Sari", "administrator", since=TODAY, until=TODAY - timedelta(days=1))


def test_an_account_needs_an_email():
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(email="", name="Tanpa")


def test_a_deactivated_account_is_a_guest():
    gone = holding("Wira", "administrator")
    gone.is_active = False
    gone.save()
    assert viewer(gone) == NOBODY
    assert not grants_in_force(TODAY).filter(account=gone).exists()


def test_access_codes_stay_with_a_guest():
    assert viewer_for(None, day=TODAY, opened=["a"]).opened == {"a"}


def test_notices_find_the_holders_of_a_role_in_a_place(people):
    found = accounts_with(["agency_officer"], day=date(2026, 3, 26), organisation_code="ksb-pupr")
    assert [each.email for each in found] == ["pupr.ksb@contoh.id"]
    in_region = accounts_with(["coordinator"], day=date(2026, 3, 26), region_code="52")
    assert [each.email for each in in_region] == ["koordinator.ntb@contoh.id"]


def test_email_is_one_address_whatever_the_case():
    Account.objects.create_user("Baiq.Sari@Contoh.Test", None, name="Sari")
    assert Account.objects.get_by_natural_key("baiq.SARI@contoh.test").name == "Sari"


def test_two_parts_may_add_verbs_to_one_role():
    registry.register_role(Role("administrator", "Administrator", "installation", ("tests.extra",)))
    assert {"tests.extra", "access.manage"} <= registry.verbs_of("administrator")
    registry._extra_verbs["administrator"].discard("tests.extra")


def test_every_verb_of_every_role_is_declared():
    declared = {verb.key for verb in registry.all_verbs()}
    assert all(isinstance(verb, Verb) for verb in registry.all_verbs())
    for role in registry.all_roles():
        assert registry.verbs_of(role.key) <= declared, role.key
        assert all(role.key in registry.roles_with(verb) for verb in registry.verbs_of(role.key))


def ask(view, who: Viewer, method: str = "get", path: str = "/kelola/?a=1"):
    request = getattr(RequestFactory(), method)(path)
    request.viewer, request.user = who, AnonymousUser()
    return view(request)


def answered(request):
    from django.http import HttpResponse  # noqa: PLC0415

    return HttpResponse("masuk")


def test_a_view_names_its_policy():
    view = policies.needs("access.manage", "GET", "POST")(answered)
    assert view.policy == policies.Policy("verb", "access.manage", ("GET", "POST", "HEAD"))


def test_a_guest_is_sent_to_sign_in_and_comes_back():
    answer = ask(policies.signed_in()(answered), NOBODY)
    assert answer.status_code == 302
    assert "next=%2Fkelola%2F%3Fa%3D1" in answer["Location"]


def test_an_account_without_the_verb_is_refused():
    with pytest.raises(NotPermitted):
        ask(policies.needs("access.manage")(answered), viewer(account("Sari")))


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_a_method_that_is_not_declared_is_not_allowed(method):
    assert ask(policies.public()(answered), NOBODY, method).status_code == 405


def test_the_policy_is_asked_for_every_declared_method():
    view = policies.needs("access.manage", "GET", "POST")(answered)
    for method in ("get", "head", "post"):
        assert ask(view, NOBODY, method).status_code == 302

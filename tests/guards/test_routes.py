"""Every route says who may enter, and every role gets what the policy says: the role matrix."""

import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from lumbung.core.access import policies
from lumbung.core.access.policies import Policy, needs, public
from lumbung.core.portals.models import RESERVED_WORDS
from tests import world as worlds
from tests.guards import declarations, headers, role_matrix, routes, snapshots
from tests.guards.samples import all_samples, arguments_of
from tests.guards.tree import Problem, tell

MATRIX = snapshots.FOLDER / "role_matrix.csv"


def test_every_route_has_a_policy_and_a_name():
    found = list(routes.undeclared_problems(routes.all_routes()))
    assert not found, tell(found)


def test_a_route_without_policy_is_caught_however_deep_it_stands():
    @public()
    def declared(request):
        return HttpResponse()

    def bare(request):
        return HttpResponse()

    inner = ([path("terbuka/", declared, name="open"), path("lupa/", bare, name="bare")], "letters")
    planted = list(routes.routes_in([path("surat/", include(inner))]))
    assert [problem.where for problem in routes.undeclared_problems(planted)] == ["/surat/lupa/"]


def test_library_views_are_listed_only_while_they_exist():
    names = {route.name for route in routes.all_routes()}
    assert set(routes.LIBRARY) <= names, "take what is gone out of LIBRARY"
    ours = {route.name for route in routes.all_routes() if route.is_ours}
    assert not set(routes.LIBRARY) & ours


def test_no_first_word_of_an_address_can_become_a_portal():
    found = list(declarations.root_problems(routes.first_words(routes.all_routes()), RESERVED_WORDS))
    assert not found, tell(found)


def test_a_first_word_that_is_not_reserved_is_caught():
    planted = list(routes.routes_in([path("surat/", lambda request: HttpResponse(), name="letters")]))
    assert len(list(declarations.root_problems(routes.first_words(planted), RESERVED_WORDS))) == 1


def test_every_role_has_someone_in_the_matrix():
    assert role_matrix.uncovered_roles() == [], "give the role an account in site/demo.py"


EVERY, CLOSED = "every route", "a third of the closed routes"
# Building the world costs as much as asking: the quick run asks every second of these roles in one, the heavy run all.
QUICK = [role for role in role_matrix.ROLES if not role_matrix.repeats(role)]
OPEN_TOO = [role for role in QUICK if role in role_matrix.SEE_WHAT_IS_OPEN]
CLOSED_ONLY = [role for role in QUICK if role not in role_matrix.SEE_WHAT_IS_OPEN]
ASKED = [
    *(pytest.param([role], EVERY, id=role) for role in OPEN_TOO),
    pytest.param(CLOSED_ONLY[::2], CLOSED, id="closed"),
    *(
        pytest.param([role], EVERY, id=f"{role}-everywhere", marks=pytest.mark.heavy)
        for role in role_matrix.ROLES
        if role not in OPEN_TOO
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("roles", "which"), ASKED)
def test_a_role_gets_from_every_route_what_its_policy_says(people, caplog, roles, which):
    caplog.set_level(logging.CRITICAL + 1)  # thousands of refusals would bury the one line that matters
    world = worlds.build(people)
    samples = all_samples(world)
    wanted = [
        route
        for route in routes.all_routes()
        if which == EVERY or route.policy is None or route.policy.kind != "public"
    ]
    found, changes = [], []
    for role in roles:
        cells = []
        for route in wanted if which == EVERY else [each for each in wanted if role_matrix.is_sampled(each, role)]:
            for cell, response in role_matrix.ask(route, world, samples, role):
                cells.append(cell)
                found += _problems(cell, response)
        changes.append(role_matrix.compare(MATRIX, role, role_matrix.column_of(cells), whole=which == EVERY))
    assert not found, tell(found[:50])
    assert not any(changes), "\n".join(changes)


def _problems(cell: role_matrix.Cell, response: HttpResponse) -> list[Problem]:
    wrong = role_matrix.verdict(cell)
    has_session = cell.role != worlds.GUEST
    return [
        *([wrong] if wrong else []),
        *headers.header_problems(cell.where, response),
        *headers.cookie_problems(cell.where, response),
        *headers.storing_problems(cell.where, response, has_session=has_session),
        *headers.body_problems(cell.where, response),
    ]


VERB = Policy("verb", verb="reports.verify", methods=("GET", "HEAD"))


@pytest.mark.parametrize(
    ("policy", "method", "role", "status", "location"),
    [
        (None, "GET", "anonymous", 200, ""),
        (VERB, "GET", "anonymous", 200, ""),
        (VERB, "GET", "pupr.ksb", 200, ""),
        (VERB, "GET", "koordinator.ksb", 302, "/akun/login/?next=/"),
        (VERB, "POST", "koordinator.ksb", 200, ""),
        (VERB, "GET", "koordinator.ksb", 500, ""),
        (Policy("signed_in"), "GET", "citizen", 200, ""),
    ],
)
def test_an_answer_against_the_policy_is_caught(policy, method, role, status, location):
    def view(request):
        return HttpResponse()

    if policy is not None:
        view.policy = policy
    route = routes.Route("/surat/", "letters", view, ())
    assert role_matrix.verdict(role_matrix.Cell(route, method, "-", role, status, location))


@pytest.mark.parametrize(
    ("role", "status", "location"),
    [("anonymous", 302, "/akun/login/?next=/"), ("pupr.ksb", 403, ""), ("koordinator.ksb", 200, "")],
)
def test_an_answer_by_the_policy_passes(role, status, location):
    view = needs("reports.verify")(lambda request: HttpResponse())
    route = routes.Route("/surat/", "letters", view, ())
    assert role_matrix.verdict(role_matrix.Cell(route, "GET", "-", role, status, location)) is None


def test_a_parameter_without_sample_is_caught():
    with pytest.raises(LookupError, match="letter_id"):
        arguments_of("letters:detail", ("letter_id",), {})


def test_a_changed_matrix_is_shown_with_the_way_to_accept_it(tmp_path, monkeypatch):
    monkeypatch.setenv(snapshots.REGENERATE, "1")
    stored, key = tmp_path / "matrix.csv", ("/surat/", "-", "GET", "public")
    role_matrix.compare(stored, worlds.GUEST, {key: "403"})
    role_matrix.compare(stored, "admin", {key: "200"})
    monkeypatch.delenv(snapshots.REGENERATE)
    assert role_matrix.compare(stored, worlds.GUEST, {key: "403"}) == ""
    assert role_matrix.compare(stored, "admin", {key: "200"}) == ""
    assert "/surat/ - GET public: 403 before, 200 now" in role_matrix.compare(stored, worlds.GUEST, {key: "200"})
    assert "403 before, not there now" in role_matrix.compare(stored, worlds.GUEST, {})


def test_an_answer_without_headers_and_with_loose_cookies_is_caught():
    bare = HttpResponse("<p style='color: red'><script>alert(1)</script>", content_type="text/html")
    bare.set_cookie("sessionid", "x")
    bare.headers["Content-Security-Policy"] = "script-src 'self' 'unsafe-inline'"
    whats = [problem.what for problem in headers.header_problems("-", bare)]
    assert len([what for what in whats if "lacks" in what]) == len(headers.DIRECTIVES)
    assert any("unsafe-inline" in what for what in whats)
    assert len(list(headers.cookie_problems("-", bare))) == 2
    for has_session in (True, False):
        assert len(list(headers.storing_problems("-", bare, has_session=has_session))) == 1
    assert len(list(headers.body_problems("-", bare))) == 2


def test_only_pages_listed_with_a_reason_may_be_framed():
    framed = HttpResponse("<p>x</p>", headers=headers.EXACT | {"Permissions-Policy": "camera=()"})
    del framed["X-Frame-Options"]
    framed["Content-Security-Policy"] = "; ".join((*headers.DIRECTIVES[:-1], "frame-ancestors *"))
    assert not list(headers.header_problems("GET /ntb/sematkan/x/", framed))
    assert len(list(headers.header_problems("GET /ntb/data/x/", framed))) == 3
    patterns = [route.pattern for route in routes.all_routes()]
    assert all(any(word in pattern for pattern in patterns) for word in headers.FRAMED)


def test_a_token_in_a_page_for_every_cache_is_caught():
    plain, with_token, private = HttpResponse("x"), HttpResponse('<input name="csrfmiddlewaretoken">'), HttpResponse()
    plain["Cache-Control"] = with_token["Cache-Control"] = "public, max-age=60"
    private["Cache-Control"] = "private, no-cache"
    found = [len(list(headers.storing_problems("-", page, has_session=False))) for page in (plain, with_token, private)]
    assert found == [0, 1, 0]
    assert len(list(headers.storing_problems("-", private, has_session=True))) == 1


@pytest.mark.parametrize("decorate", [policies.public, policies.signed_in])
def test_a_policy_refuses_other_methods(decorate):
    view = decorate("GET")(lambda request: HttpResponse())
    assert view(RequestFactory().delete("/")).status_code == 405

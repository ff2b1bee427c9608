"""Looking for datasets: the catalogue's front page, and the same list as CSV and JSON."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.core.search.reasons import ENGLISH, SYNONYM, Reason
from lumbung.core.web import query_strings
from lumbung.core.web.anywhere import readable_anywhere
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms.catalogue import CatalogueForm
from lumbung.modules.open_data.queries import announcements, catalogue_search, facet_words, found_lists
from lumbung.modules.open_data.queries.catalogue_search import PAGE_SIZE, Answer, Wanted

MOST_AS_JSON = 100
LEAST_TO_NARROW = 2
RISKY = ("=", "+", "-", "@", "\t", "\r")
WHOLE_LIST = Limit("catalogue-list", count=20, per_seconds=60)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the paginator needs: how many can be reached, and a slice that is already there."""

    answer: Answer

    def __len__(self) -> int:
        return self.answer.reachable

    def __getitem__(self, _wanted: slice) -> list[Any]:
        return self.answer.rows


@public()
def dataset_list(request: HttpRequest) -> HttpResponse:
    """Everything this portal lists, or what somebody looks for: words, filters with their numbers, an order."""
    portal, form = portal_of(request), CatalogueForm(request.GET)
    form.full_clean()
    wanted, number = form.wanted, _number_of(request)
    answer = catalogue_search.answer(portal, wanted, start=(number - 1) * PAGE_SIZE)
    last = max(1, -(-answer.reachable // PAGE_SIZE))
    if number > last:
        # An old link, or a filter that leaves fewer: the last page there is, not an empty one.
        number = last
        answer = catalogue_search.answer(portal, wanted, start=(number - 1) * PAGE_SIZE)
    counted: Any = _Counted(answer)
    page = Paginator[Any](counted, PAGE_SIZE).get_page(number)
    chips = _chips(request, portal, wanted, answer)
    context = {
        "form": form,
        "wanted": wanted,
        "answer": answer,
        "page": page,
        "entries": _entries(answer),
        "facets": _facets(request, portal, answer, wanted),
        "chips": chips,
        "base": query_strings.query_without(request, "page"),
        "plain": query_strings.query_without(request, "page", "q", "exact"),
        "exact_url": _url(request, exact="1"),
        "like_url": _url(request, exact=""),
        "coming": announcements.coming(portal) if not (wanted.words or wanted.chosen) else [],
        "words": shape.words,
    }
    return render(request, "open_data/dataset_list.html", context)


@public()
@readable_anywhere
def list_csv(request: HttpRequest) -> HttpResponse:
    """Every dataset of the same list, one a line."""
    limits.take(WHOLE_LIST, visitors.visitor_of(request), now=clock.now())
    form = CatalogueForm(request.GET)
    form.full_clean()
    lines = found_lists.lines(portal_of(request), form.wanted)
    response = StreamingHttpResponse(_as_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="daftar-dataset.csv"'
    return cast(HttpResponse, response)


@public()
@readable_anywhere
def list_json(request: HttpRequest) -> JsonResponse:
    """One page of the same list with every number beside the filters; `page` turns it, `per_page` up to 100."""
    form = CatalogueForm(request.GET)
    form.full_clean()
    most = min(_number_of(request, "per_page", PAGE_SIZE), MOST_AS_JSON)
    number = _number_of(request)
    answer = catalogue_search.answer(portal_of(request), form.wanted, start=(number - 1) * most, most=most)
    told = found_lists.told(answer, page=number, per_page=most)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _as_csv(lines: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    return (writer.writerow([_safe_cell(cell) for cell in line]) for line in lines)


def _safe_cell(cell: Any) -> Any:
    # A spreadsheet must not take a title for a formula.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


class _Echo:
    """Hands a written line back, so that it goes out at once."""

    def write(self, line: str) -> str:
        return line


def _number_of(request: HttpRequest, name: str = "page", usual: int = 1) -> int:
    text = request.GET.get(name, "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def _entries(answer: Answer) -> list[tuple[Any, Any, list[str]]]:
    why = found_lists.reasons(answer)
    return [
        (row, shape.choice_of("topics", row.topic), [_said(each) for each in why.get(row.pk, [])])
        for row in answer.rows
    ]


def _said(reason: Reason) -> str:
    """One reason in words."""
    sentences = {
        SYNONYM: _("“%(typed)s” is here “%(text)s”"),
        ENGLISH: _("English title: %(text)s"),
        "keyword": _("keyword “%(text)s”"),
        "column": _("column “%(text)s”"),
        "value": _("value “%(text)s” in the table"),
        "around": "%(text)s",
    }
    return sentences[reason.kind] % {"text": reason.text, "typed": reason.typed}


def _facets(request: HttpRequest, portal: Portal, answer: Answer, wanted: Wanted) -> list[dict[str, Any]]:
    """Filters as links: choosing a value replaces the one in force, choosing it again takes it away."""
    if answer.total < LEAST_TO_NARROW and not wanted.chosen:
        return []
    return [
        {
            "facet": facet,
            "at_once": [_link(request, facet.name, option) for option in facet.at_once],
            "others": [_link(request, facet.name, option) for option in facet.others],
        }
        for facet in facet_words.facets_of(portal, answer.counted, wanted.chosen)
    ]


def _link(request: HttpRequest, name: str, option: facet_words.Option) -> tuple[facet_words.Option, str]:
    return option, _url(request, **{name: "" if option.is_chosen else option.value})


def _url(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name in [*changed, "page", *(name for name, value in request.GET.items() if not value)]:
        query.pop(name, None)
    query.update({name: value for name, value in changed.items() if value})
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _chips(request: HttpRequest, portal: Portal, wanted: Wanted, answer: Answer) -> list[dict[str, str]]:
    """What is in force, each with the address that takes it away and how many there would be then."""
    chips: list[dict[str, str]] = []
    if wanted.words:
        chips.append({"label": f"“{wanted.words}”", "remove_url": _url(request, q="", exact=""), "told": ""})
    for name, value in wanted.chosen.items():
        label = facet_words.labels_of(name, [value], portal)[value]
        left = answer.counted.without.get(name, 0)
        told = ngettext("%(num)s dataset without it", "%(num)s datasets without it", left) % {"num": left}
        chips.append(
            {"label": f"{facet_words.TITLES[name]}: {label}", "remove_url": _url(request, **{name: ""}), "told": told}
        )
    return chips

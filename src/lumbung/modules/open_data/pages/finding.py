"""Looking for datasets: the catalogue's front page, and the same list as CSV and JSON."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.files import sending
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.core.search.reasons import ENGLISH, SYNONYM, Reason
from lumbung.core.web import query_strings
from lumbung.core.web.programs import open_to_programs
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.datasets import catalogue as catalogue_table
from lumbung.modules.open_data.forms import list_frames as frames
from lumbung.modules.open_data.forms.catalogue import CatalogueForm
from lumbung.modules.open_data.forms.rows import refusal
from lumbung.modules.open_data.queries import announcements, catalogue, catalogue_search, facet_words, found_lists
from lumbung.modules.open_data.queries.catalogue_search import BEST, NEWEST, PAGE_SIZE, Answer, Wanted

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
        "shares": _shares(portal, wanted, answer) if number == 1 else None,
        "entries": _entries(answer),
        "facets": _facets(request, portal, answer, wanted),
        "chips": chips,
        "base": query_strings.query_without(request, "page"),
        "tail": query_strings.query_without(request, *(name for name in request.GET if name not in frames.FOUND)),
        "plain": query_strings.query_without(request, "page", "q", "exact"),
        "exact_url": _url(request, exact="1"),
        "like_url": _url(request, exact=""),
        "coming": []
        if wanted.words or wanted.chosen
        else announcements.coming(portal, today=clock.local_day(clock.now())),
        "words": shape.words,
    }
    return render(request, "open_data/dataset_list.html", context)


@public()
@open_to_programs
def list_csv(request: HttpRequest) -> HttpResponse:
    """Every dataset of the same list, one a line."""
    wanted = _wanted(request, frames.FOUND)
    limits.take(WHOLE_LIST, visitors.visitor_of(request), now=clock.now())
    lines = found_lists.lines(portal_of(request), wanted)
    with sending.place() as place:
        response = StreamingHttpResponse(place.until_sent(_as_csv(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="daftar-dataset.csv"'
    return cast(HttpResponse, response)


@public()
@open_to_programs
def list_json(request: HttpRequest) -> HttpResponse:
    """One page of the same list with every number beside the filters; `page` turns it, `per_page` up to 100."""
    wanted = _wanted(request, (*frames.FOUND, *frames.PAGED))
    number, most = frames.page_of(request.GET, PAGE_SIZE)
    answer = catalogue_search.answer(portal_of(request), wanted, start=(number - 1) * most, most=most)
    told = found_lists.told(answer, page=number, per_page=most)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _shares(portal: Portal, wanted: Wanted, answer: Answer) -> catalogue.Shares | None:
    """Of the whole list: how many anybody may download. The home page counts those, the list counts all."""
    is_whole = not wanted.words and not wanted.chosen and wanted.order in {BEST, NEWEST}
    if not is_whole or not answer.rows:
        return None
    return catalogue.shares_of(portal, answer.rows[0], answer.total, itself=catalogue_table.KEY)


def _wanted(request: HttpRequest, known: Collection[str]) -> Wanted:
    """What a program looks for: a word of its address that is not understood is refused, not left out."""
    frames.refuse_unknown(request.GET, known)
    frames.refuse_unread(request.GET)
    form = CatalogueForm(request.GET)
    if not form.is_valid():
        raise refusal("question-too-long", "q", most=200)
    return form.wanted


def _as_csv(lines: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    try:
        for line in lines:
            yield writer.writerow([_safe_cell(cell) for cell in line])
    except DatabaseError:
        # The server ends what broke off as if it were whole: quotes that never close, no reader takes for that.
        yield '"' + _("INCOMPLETE: the server could not read further. Download the file again.")
        raise


def _safe_cell(cell: Any) -> Any:
    # A spreadsheet must not take a title for a formula.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


class _Echo:
    """Hands a written line back, so that it goes out at once."""

    def write(self, line: str) -> str:
        return line


def _number_of(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1


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

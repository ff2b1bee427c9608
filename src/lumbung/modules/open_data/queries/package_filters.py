"""The part of Solr's filter language that clients of CKAN use.

`organization:ntb-pupr`, `-tags:("a" OR b)`, `metadata_modified:[2026-01-01T00:00:00Z TO *]`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from lumbung.modules.open_data.ckan import bad_query
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries.packages import uuid_of

EQUAL = {
    "organization": "producer_id",
    "owner_org": "producer_id",
    "groups": "topic",
    "license_id": "licence",
    "name": "dataset__name",
}
HELD = {"tags": "keywords", "res_format": "formats"}
# What is true of everything listed here; clients of CKAN add them to be sure.
ALWAYS = {"state": "active", "type": "dataset", "dataset_type": "dataset", "private": "false", "capacity": "public"}
DAY = "metadata_modified"
FIELDS = (*EQUAL, *HELD, "id", DAY, *ALWAYS)

TERM = re.compile(
    r'(?P<sign>[+-]|NOT\s+|!)?(?P<field>[A-Za-z_]+):(?P<value>"(?:\\.|[^"\\])*"|\([^()]*\)|\[[^\]]*\]|[^\s()"\[\]]+)'
)
WORD = re.compile(r'"((?:\\.|[^"\\])*)"|([^\s"]+)')
RANGE = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
MOST_TERMS, MOST_VALUES = 50, 200


@dataclass(frozen=True, slots=True)
class Term:
    """One filter: a field, the values it may have (or must all have), or may not."""

    field: str
    values: tuple[str, ...]
    joined: Literal["any", "all", "range"]
    is_wanted: bool


def narrowed(rows: QuerySet[Listing], *filters: str) -> QuerySet[Listing]:
    """The rows all filters leave; raises Fault naming what cannot be read."""
    terms = [term for each in filters for term in terms_of(each)]
    if len(terms) > MOST_TERMS:
        raise bad_query(_("At most %(most)s filters are read.") % {"most": MOST_TERMS})
    # A database reads conditions only so deep: SQLite a thousand.
    if sum(len(term.values) for term in terms) > MOST_VALUES:
        sentence = _("The filters may have at most %(most)s values together. Ask in several searches.")
        raise bad_query(sentence % {"most": MOST_VALUES})
    rows = rows.annotate(**{f"{name}_text": Cast(name, TextField()) for name in HELD.values()})
    for term in terms:
        condition = _condition(term)
        rows = rows.filter(condition if term.is_wanted else ~condition)
    return rows


def terms_of(text: str) -> Iterator[Term]:
    """The terms of one filter; they stand beside each other or with AND between them."""
    end = 0
    for found in TERM.finditer(text):
        _refuse_rest(text[end : found.start()])
        end = found.end()
        yield _term(found)
    _refuse_rest(text[end:])


def _refuse_rest(between: str) -> None:
    left = [word for word in between.split() if word not in {"AND", "+", "*:*"}]
    if left:
        sentence = _("“%(text)s” cannot be read here. Write field:value, and AND between filters.")
        raise bad_query(sentence % {"text": " ".join(left)[:100]})


def _term(found: re.Match[str]) -> Term:
    field, value = found["field"], found["value"]
    if field not in FIELDS:
        sentence = _("there is no filter “%(field)s”. Known: %(known)s.")
        raise bad_query(sentence % {"field": field, "known": ", ".join(FIELDS)})
    is_wanted = (found["sign"] or "").strip() in {"", "+"}
    if value.startswith("["):
        return Term(field, _bounds(field, value), "range", is_wanted)
    words = [_unescaped(quoted or bare) for quoted, bare in WORD.findall(value.strip("()"))]
    joined: Literal["any", "all"] = "all" if "AND" in words else "any"
    return Term(field, tuple(word for word in words if word not in {"AND", "OR"}), joined, is_wanted)


def _unescaped(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word)


def _bounds(field: str, value: str) -> tuple[str, ...]:
    found = RANGE.fullmatch(value)
    if found is None or field != DAY:
        raise bad_query(_("ranges are written metadata_modified:[2026-01-01T00:00:00Z TO *]."))
    return found.groups()


def _condition(term: Term) -> Q:
    if term.joined == "range":
        return _between(*term.values)
    if not term.values:
        return Q(pk__in=[])
    whole = Q()
    for value in term.values:
        one = _holds(term.field, value)
        whole = whole & one if term.joined == "all" else whole | one
    return whole


def _holds(field: str, value: str) -> Q:
    nothing, everything = Q(pk__in=[]), Q(pk__isnull=False)
    if value == "*":
        return everything
    if field in ALWAYS:
        return everything if value.lower() == ALWAYS[field] else nothing
    if field == "id":
        pk = uuid_of(value)
        return Q(pk=pk) if pk else nothing
    if field in HELD:
        return _in_list(f"{HELD[field]}_text", value)
    return Q(**{EQUAL.get(field, field): value}) if field != DAY else nothing


def _in_list(column: str, value: str) -> Q:
    # A list is kept as JSON text; SQLite's holds \uXXXX, PostgreSQL's the letters themselves.
    forms = {json.dumps(value), json.dumps(value, ensure_ascii=False)}
    whole = Q()
    for form in sorted(forms):
        whole |= Q(**{f"{column}__icontains": form})
    return whole


def _between(first: str, last: str) -> Q:
    whole = Q(pk__isnull=False)
    if first != "*":
        whole &= Q(published_at__gte=_moment(first))
    if last != "*":
        whole &= Q(published_at__lte=_moment(last))
    return whole


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise bad_query(_("“%(text)s” is no moment such as 2026-01-01T00:00:00Z.") % {"text": text[:40]}) from error

"""What the address of a list for programs asks, read word by word. What cannot be read is refused, never left out."""

import re
from collections.abc import Collection

from django.http import QueryDict

from lumbung.modules.open_data.forms.catalogue import ORDERS
from lumbung.modules.open_data.forms.rows import refusal
from lumbung.modules.open_data.queries.facets import FACETS

MOST_A_PAGE, LAST_PAGE = 100, 99_999
NUMBER = re.compile(r"[1-9][0-9]{0,4}")
FOUND = ("q", "sort", "exact", *FACETS)
PAGED = ("page", "per_page")


def refuse_unknown(asked: QueryDict, known: Collection[str]) -> None:
    """Every word of the address is one that is understood, and stands there once."""
    for name, values in asked.lists():
        if name not in known:
            raise refusal("unknown-parameter", "address", name=name[:60], names=", ".join(known))
        if len(values) > 1:
            raise refusal("given-twice", name, name=name)


def refuse_unread(asked: QueryDict) -> None:
    """The order is one there is; so is the way words are taken."""
    orders = [value for value, _words in ORDERS]
    for name, known in (("sort", orders), ("exact", ["1"])):
        if asked.get(name) and asked[name] not in known:
            raise refusal("unknown-choice", name, name=name, names=", ".join(each for each in known if each))


def page_of(asked: QueryDict, usual: int) -> tuple[int, int]:
    """Which page, from 1, and how many datasets on it."""
    return _number(asked, "page", 1, LAST_PAGE), _number(asked, "per_page", usual, MOST_A_PAGE)


def _number(asked: QueryDict, name: str, usual: int, most: int) -> int:
    text = asked.get(name) or str(usual)
    if not NUMBER.fullmatch(text) or int(text) > most:
        raise refusal("not-in-range", name, name=name, most=most)
    return int(text)

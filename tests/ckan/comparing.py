"""Where two answers differ, after what is declared here to be alike.

- The address of each installation is `<root>`; moments are `<moment>`: both write them alike, at different times.
- Sentences are not compared, only that there is one: ours are in the reader's language.
- Rows in no asked order are compared without their order, and so are tags and extras.
"""

import csv
import functools
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tools.peers.ckan_server import Answer

from tests.ckan.requests import Request

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")
MOMENTS = {"created", "last_modified", "metadata_created", "metadata_modified"}
UNORDERED = {"extras", "tags"}
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of one answer."""

    request: str
    action: str
    place: str
    kind: str  # "only CKAN", "only ours", "value", "status", "content type"
    theirs: Any
    ours: Any

    def __str__(self) -> str:
        return f"{self.request}\n    {self.place} ({self.kind}): CKAN {self.theirs!r:.200} · ours {self.ours!r:.200}"


def differences(request: Request, theirs: Answer, ours: Answer, *, roots: Sequence[str]) -> list[Difference]:
    """Every difference of the two answers."""

    def told(place: str, kind: str, left: Any, right: Any) -> Difference:
        return Difference(str(request), request.action, place, kind, left, right)

    if theirs.status != ours.status:
        return [told("status", "status", theirs.status, ours.status)]
    found = []
    if request.action != "dump" and _kind(theirs) != _kind(ours):
        found.append(told("content type", "value", theirs.content_type, ours.content_type))
    left, right = _read(request, theirs, roots), _read(request, ours, roots)
    return found + [told(*each) for each in _compare("", left, right)]


def _kind(answer: Answer) -> str:
    return answer.content_type.replace(" ", "").lower()


def _read(request: Request, answer: Answer, roots: Sequence[str]) -> Any:
    text = answer.body.decode()
    if request.action == "dump":
        return _table(text) if answer.status == 200 else "<sentence>"
    told = _alike(json.loads(text), "", roots)
    if isinstance(told, str):
        return told.split(":")[0] if told.startswith("Bad request") else told
    result = told.get("result")
    if request.action == "tag_list" and isinstance(result, list):
        told["result"] = sorted(result, key=_name)
    if request.any_order and isinstance(result, dict) and isinstance(result.get("records"), list):
        result["records"] = sorted(result["records"], key=json.dumps)
    return told


def _table(text: str) -> Any:
    if text.lstrip("\ufeff").startswith(("{", "<")):
        return json.loads(text) if text.startswith("{") else text
    return {"bom": text.startswith("\ufeff"), "lines": list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))}


def _alike(told: Any, key: str, roots: Sequence[str]) -> Any:
    if isinstance(told, dict):
        if "__type" in told:
            return {name: told[name] if name == "__type" else "<sentence>" for name in told}
        return {name: _alike(value, name, roots) for name, value in told.items()}
    if isinstance(told, list):
        found = [_alike(value, key, roots) for value in told]
        return sorted(found, key=_name) if key in UNORDERED else found
    if isinstance(told, str):
        if key in MOMENTS and MOMENT.fullmatch(told):
            return "<moment>"
        return functools.reduce(lambda text, root: text.replace(root, "<root>"), roots, told)
    return told


def _name(each: Any) -> str:
    return str(each.get("key") or each.get("name")) if isinstance(each, dict) else str(each)


def _compare(place: str, left: Any, right: Any) -> Iterator[tuple[str, str, Any, Any]]:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted(left.keys() | right.keys()):
            inner = f"{place}.{name}" if place else name
            yield from _compare(inner, left.get(name, ABSENT), right.get(name, ABSENT))
    elif left is ABSENT:
        yield place, "only ours", None, right
    elif right is ABSENT:
        yield place, "only CKAN", left, None
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield from _compare(f"{place}[]", one, other)
    elif left != right or isinstance(left, bool) != isinstance(right, bool):
        yield place or "text", "value", left, right

"""What the Action API of CKAN says when it refuses: kinds of errors and their statuses. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

VALIDATION, MISSING, QUERY = "Validation Error", "Not Found Error", "Search Query Error"
FORBIDDEN = "Authorization Error"
BUSY, TOO_MANY = "Service Unavailable Error", "Too Many Requests Error"
STATUS = {VALIDATION: 409, MISSING: 404, FORBIDDEN: 403, QUERY: 400, BUSY: 503, TOO_MANY: 429}


class Fault(Exception):  # noqa: N818 - as Refused: "raise Fault(...)"
    """An answer that is no success: `error` of the envelope."""

    def __init__(self, kind: str, told: Mapping[str, Any], *, retry_after_seconds: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.told = told
        self.retry_after_seconds = retry_after_seconds

    @property
    def status(self) -> int:
        return STATUS[self.kind]

    @property
    def error(self) -> dict[str, Any]:
        return {"__type": self.kind, **self.told}


class BareFault(Exception):  # noqa: N818 - as above
    """What CKAN answers with 400 and one JSON text, without the envelope: clients know it by that."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = f"Bad request: {sentence}"


def invalid(field: str, sentence: str | Promise) -> Fault:
    """A parameter that is not what it has to be."""
    return Fault(VALIDATION, {field: [str(sentence)]})


def not_found(reason: str | Promise = "") -> Fault:
    """There is no such thing; CKAN puts the reason behind a colon."""
    return Fault(MISSING, {"message": f"Not found: {reason}" if reason else "Not found"})


def bad_query(sentence: str | Promise) -> Fault:
    """Words or filters of a search that cannot be read."""
    return Fault(QUERY, {"message": f"Search Query is invalid: {sentence}"})


def forbidden(reason: str | Promise) -> Fault:
    """No key, or none for this; CKAN puts the reason behind a colon."""
    return Fault(FORBIDDEN, {"message": f"Access denied: {reason}"})


def wrong(errors: Mapping[str, Any]) -> Fault:
    """Several fields that are not what they have to be: {"title": ["…"]}."""
    return Fault(VALIDATION, errors)

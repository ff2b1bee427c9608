"""Refusals a person can act on, and the errors only a developer should ever see."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - reads as a sentence: "raise Refused(...)"
    """A rule said no. Carries a stable code for programs and one sentence, with the way out, for people.

    code     kebab-case, stable: "report-already-closed"
    message  lazy translation with named placeholders
    params   values for the placeholders
    field    name of the form field it belongs to, if any
    """

    status = 409

    def __init__(self, code: str, message: str | Promise, *, field: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.params = params

    @property
    def sentence(self) -> str:
        """The message in the language active now, placeholders filled in."""
        text = str(self.message)
        return text % self.params if self.params else text


class NotPermitted(Refused):
    """This person may not do this here."""

    status = 403


class NotFound(Refused):
    """There is no such thing, or this person may not know that there is."""

    status = 404


class NotReady(Refused):
    """It will be there soon; `retry_after_seconds` says when to come back."""

    status = 503

    def __init__(self, code: str, message: str | Promise, *, retry_after_seconds: int, **params: Any) -> None:
        super().__init__(code, message, **params)
        self.retry_after_seconds = retry_after_seconds


class TooMany(Refused):
    """A rate limit is reached; `retry_after_seconds` says when to come back."""

    status = 429

    def __init__(self, code: str, message: str | Promise, *, retry_after_seconds: int, **params: Any) -> None:
        super().__init__(code, message, **params)
        self.retry_after_seconds = retry_after_seconds

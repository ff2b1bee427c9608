"""Walks through JSON piece by piece: one element of a list in memory at a time, numbers kept as they are written."""

import io
import json
from collections.abc import Iterator
from typing import Any

from lumbung.core.tables.sources.base import Unreadable

BLOCK = 1 << 16
SPACE = " \t\r\n"


class NumberText(str):
    """A number exactly as the file writes it: 52.10 stays 52.10."""

    __slots__ = ()


class Repeated(ValueError):  # noqa: N818 - reads as a sentence
    """An object that says the same key twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        raise Repeated(next(key for key in keys if keys.count(key) > 1))
    return found


def _refuse_constant(word: str) -> None:
    raise Repeated(word)


DECODER = json.JSONDecoder(
    parse_float=NumberText, parse_int=NumberText, parse_constant=_refuse_constant, object_pairs_hook=_pairs
)


class Walker:
    """A place in a stream of JSON."""

    def __init__(self, file: io.TextIOBase) -> None:
        self.file = file
        self.text = ""
        self.place = 0
        self.block = BLOCK
        self.ended = False

    def _more(self) -> bool:
        """Read on; each time twice as much, so that one long element is not parsed again and again."""
        if self.ended:
            return False
        block = self.file.read(self.block)
        self.block *= 2
        self.ended = not block
        self.text = self.text[self.place :] + block
        self.place = 0
        return bool(block)

    def next_sign(self) -> str:
        """The next character that is no space, not yet taken; empty at the end."""
        while True:
            while self.place < len(self.text) and self.text[self.place] in SPACE:
                self.place += 1
            if self.place < len(self.text):
                return self.text[self.place]
            if not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Take one character that has to be there."""
        if self.next_sign() != sign:
            raise Unreadable("json-broken")
        self.place += 1

    def value(self, *, row: int = 0) -> Any:
        """The whole value that begins here."""
        while True:
            self.next_sign()
            try:
                found, end = DECODER.raw_decode(self.text, self.place)
            except Repeated as error:
                raise Unreadable("json-key-twice", row=row, key=str(error)[:80]) from error
            except RecursionError as error:
                raise Unreadable("json-too-deep", row=row) from error
            except ValueError as error:
                if not self._more():
                    raise Unreadable("json-broken", row=row) from error
                continue
            # A number at the very end of what was read may go on in what was not.
            if end == len(self.text) and isinstance(found, NumberText) and self._more():
                continue
            self.place, self.block = end, BLOCK
            return found

    def elements(self) -> Iterator[Any]:
        """The elements of the list that begins here."""
        self.take("[")
        row = 0
        if self.next_sign() == "]":
            self.place += 1
            return
        while True:
            row += 1
            yield self.value(row=row)
            sign = self.next_sign()
            if sign not in {",", "]"}:
                raise Unreadable("json-broken", row=row + 1)
            self.place += 1
            if sign == "]":
                return

    def keys(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller takes or skips the value of each."""
        self.take("{")
        while self.next_sign() == '"':
            key = self.value()
            self.take(":")
            yield str(key)
            if self.next_sign() != ",":
                break
            self.place += 1
        self.take("}")


def text_of(value: Any) -> str:
    """A value as a cell: text as it is, numbers as written, true and false by name, anything nested as JSON."""
    if value.__class__ is str or isinstance(value, NumberText):
        return str(value)
    return "" if value is None else as_json(value)


def as_json(value: Any) -> str:
    """JSON again, numbers as they were written."""
    if isinstance(value, NumberText):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {as_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_json, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    return {True: "true", False: "false", None: "null"}[value]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

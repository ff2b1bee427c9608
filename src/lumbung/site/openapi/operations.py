"""One interface for programs, and how it reads as OpenAPI. Addresses come from the URL configuration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.urls import reverse
from django.utils import translation

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something of the address. `place` is path or query; a list is repeated: where=…&where=…"""

    name: str
    text: str
    schema: Schema = field(default_factory=lambda: TEXT)
    place: str = "query"
    example: Any = None

    @property
    def sign(self) -> str:
        """What stands for it while an address is put together: nothing an address has by itself."""
        return "987654321" if self.schema.get("type") == "integer" else f"zz{self.name}zz"

    def described(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, "in": self.place, "description": self.text, "schema": self.schema}
        if self.place == "path":
            told["required"] = True
        elif self.schema.get("type") == "array":
            told["explode"] = True
        return told if self.example is None else {**told, "example": self.example}


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back with one status: a schema for each kind of content, None for bytes."""

    text: str
    content: Mapping[str, Schema | None]

    def described(self) -> dict[str, Any]:
        told = {kind: {"schema": schema} if schema is not None else {} for kind, schema in self.content.items()}
        return {"description": self.text, "content": told} if told else {"description": self.text}


@dataclass(frozen=True, slots=True)
class Operation:
    """One way of asking at one address; `fixed` are the words of the address that belong to this operation."""

    route: str
    key: str
    group: str
    summary: str
    answers: Mapping[int, Answer]
    parameters: Sequence[Parameter] = ()
    method: str = "get"
    body: Mapping[str, Schema] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    needs_key: bool = False

    @property
    def path(self) -> str:
        """/api/v1/datasets/{dataset_name}/rows"""
        free = {each.name: each.sign for each in self.parameters if each.place == "path"}
        with translation.override("id"):
            found = reverse(self.route, kwargs={**free, **self.fixed})
        for name, sign in free.items():
            found = found.replace(sign, f"{{{name}}}")
        return found

    def described(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "operationId": self.key,
            "tags": [self.group],
            "summary": self.summary,
            "parameters": [each.described() for each in self.parameters],
            "responses": {str(status): answer.described() for status, answer in sorted(self.answers.items())},
        }
        if self.body:
            told["requestBody"] = {"content": {kind: {"schema": schema} for kind, schema in self.body.items()}}
        # A key is never asked for where everybody may read; with one, an agency sees its own drafts as well.
        told["security"] = [{"key": []}] if self.needs_key else []
        return told


def document(operations: Iterable[Operation], *, root: str, version: str) -> dict[str, Any]:
    """All of them as one OpenAPI document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = operation.described()
    key = {"type": "apiKey", "in": "header", "name": "Authorization", "description": "A key of an agency."}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lumbung",
            "version": version,
            "description": "Open data, the public log and the state of this installation, for programs.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": root}],
        "paths": dict(sorted(paths.items())),
        "components": {"securitySchemes": {"key": key}},
    }


def named(properties: Mapping[str, Schema], *, more: bool = False) -> Schema:
    """An object with these properties, all of them there."""
    return {
        "type": "object",
        "required": sorted(properties),
        "properties": dict(properties),
        "additionalProperties": more,
    }


def list_of(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def or_nothing(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def refusal(schema: Schema, *statuses: HTTPStatus, kind: str = "application/json") -> dict[int, Answer]:
    """Refusals that read alike."""
    return {int(status): Answer(status.phrase, {kind: schema}) for status in statuses}


SHORT_REFUSAL = named({"code": TEXT, "message": TEXT})
# A page for people: an address no dataset, portal or file can have.
NO_SUCH_ADDRESS = {HTML: None}

"""The shape of a part (design, section 2): which rooms it may have, how large they grow, what may import what."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.guards.tree import CodeFile, Problem, imported_names

FILE_LINES = 300
FUNCTION_LINES = 60
VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"})

# Top room first: a file imports only from rooms on lower floors of its own part.
FLOORS = (
    {"manifest"},
    {"urls"},
    {"pages", "api"},
    {"forms", "schemas"},
    {"jobs"},
    {"actions"},
    {"datasets", "indicators"},
    {"queries"},
    {"permissions"},
    {"models"},
    {"states", "events"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ROOMS = frozenset(FLOOR) | {"__init__", "apps", "migrations", "tests"}
FOLDERS = frozenset({"templates", "static", "migrations", "tests", "locale", "data"})

# Rooms beyond the usual ones, each with its reason.
EXTRA_ROOMS = {
    "demo": "synthetic records for the demonstration; called by site only",
    "documents": "printed papers and spreadsheets made from values a query returned",
    "telling": "the piece of the manifest about telling people",
    "letters": "what notices say to whom, made from a record and its events",
    "commands": "what a part adds to the command line",
}
# A file that is no room may stand beside them when it is pure: it imports nothing but these.
PURE_IMPORTS = ("lumbung.kernels", "lumbung.core.base")
IMPURE_IMPORTS = ("django.db", "django.http", "django.shortcuts", "django.conf", "lumbung.site", "lumbung.modules")


def size_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Files above 300 lines and functions above 60 (tests and migrations may be longer files)."""
    for file in files:
        lines = file.text.count("\n")
        if lines > FILE_LINES and not file.is_test and "migrations" not in file.path.parts:
            yield Problem(f"src/lumbung/{file.path}", f"{lines} lines; split it by noun at {FILE_LINES}")
        for node in file.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield Problem(file.at(node), f"{node.name} has {length} lines; at most {FUNCTION_LINES}")


def name_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    """Files and folders whose name says nothing."""
    for path in paths:
        vague = VAGUE & {part.removesuffix(path.suffix) for part in path.parts}
        if vague:
            yield Problem(str(path), f"“{min(vague)}” says nothing: name it by the noun it is about")


def room_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Files of a module that are neither a room nor pure."""
    for file in files:
        if file.area != "modules" or not file.part or file.room in ROOMS or file.room in EXTRA_ROOMS:
            continue
        for node, name in imported_names(file):
            if _is_impure(name, file):
                yield Problem(file.at(node), f"“{file.room}” is no room of a module, so it may not import {name}")
                break


def _is_impure(name: str, file: CodeFile) -> bool:
    own = f"lumbung.{file.part.replace('/', '.')}."
    if name.startswith(own):
        first = name.removeprefix(own).split(".")[0]
        return first in ROOMS and first not in {"states", "events"}
    if name.startswith("lumbung."):
        return not any(name == pure or name.startswith(f"{pure}.") or pure.startswith(name) for pure in PURE_IMPORTS)
    return name.startswith(IMPURE_IMPORTS)


def floor_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Imports that climb: queries that import actions, models that import queries."""
    for file in files:
        if file.is_test or file.area not in {"core", "modules"} or file.room not in FLOOR:
            continue
        own = f"lumbung.{file.part.replace('/', '.')}."
        told = set()
        for node, name in imported_names(file):
            room = name.removeprefix(own).split(".")[0] if name.startswith(own) else ""
            if room in FLOOR and room != file.room and FLOOR[room] <= FLOOR[file.room] and (node, room) not in told:
                told.add((node, room))
                yield Problem(file.at(node), f"{file.room} may not import {room}, which stands above it or beside it")


def readme_problems(folders: Iterable[Path]) -> Iterator[Problem]:
    """Parts without a README."""
    for folder in folders:
        if not (folder / "README.md").exists():
            yield Problem(str(folder), "has no README.md: what it is for, its words, who may do what, sources")

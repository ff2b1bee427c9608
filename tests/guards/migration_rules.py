"""Migrations: one line, named by an idea, reversible or with a stated reason, knowing no models."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tests.guards.tree import SOURCE, CodeFile, Problem, imported_names

NAME = re.compile(r"^\d{4}_(?:initial|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)$")
NAMELESS = re.compile(r"^\d{4}_(?:auto|merge|alter|remove|delete|add|rename|squashed)_(?:\d|field|and)|_and_more$")
REASON = "Irreversible:"


def our_migrations() -> dict[str, dict[str, Migration]]:
    """Every migration of ours, by app and name."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found: dict[str, dict[str, Migration]] = defaultdict(dict)
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if type(migration).__module__.startswith("lumbung."):
            found[app][name] = migration
    return found


def line_problems(migrations: dict[str, dict[str, Migration]]) -> Iterator[Problem]:
    """Two migrations that follow the same one, numbers that jump, names without an idea."""
    for app, by_name in migrations.items():
        before: dict[str, list[str]] = defaultdict(list)
        for name, migration in by_name.items():
            if not NAME.match(name) or NAMELESS.search(name):
                yield Problem(f"{app}.{name}", "name it by its idea: 0007_report_gets_due_on")
            own = [dependency[1] for dependency in migration.dependencies if dependency[0] == app]
            before[own[0] if own else ""].append(name)
        for first, following in before.items():
            if len(following) > 1:
                yield Problem(f"{app}.{first or 'start'}", f"is followed by {', '.join(following)}: make them one line")
        numbers = [int(name[:4]) for name in by_name if name[:4].isdigit()]
        if sorted(numbers) != list(range(1, len(by_name) + 1)):
            yield Problem(app, f"numbers {sorted(numbers)}: count 1, 2, 3 without gap or twin")


def reverse_problems(migrations: dict[str, dict[str, Migration]]) -> Iterator[Problem]:
    """Operations without a way back, unless the file says why."""
    for app, by_name in migrations.items():
        for name, migration in by_name.items():
            stuck = [type(operation).__name__ for operation in migration.operations if not operation.reversible]
            module = __import__(type(migration).__module__, fromlist=["__doc__"])
            if stuck and REASON not in (module.__doc__ or ""):
                yield Problem(f"{app}.{name}", f"{stuck[0]} has no reverse; give one, or write “{REASON} why”")


def model_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Migrations that import models: they break when the models move on."""
    for file in files:
        for node, name in imported_names(file):
            if name.startswith("lumbung.") and (".models" in name or name.endswith(("actions", "queries"))):
                yield Problem(file.at(node), f"imports {name}; ask apps.get_model instead")


def migration_files(source: Path = SOURCE) -> list[CodeFile]:
    """The code of every migration."""
    paths = sorted(source.rglob("migrations/*.py"))
    return [CodeFile(path.relative_to(source), path.read_text(encoding="utf-8")) for path in paths]

"""The pages of docs/reference that are written by the program itself, from what every part declares.

`lumbung docs` writes them; a test compares them, so nothing can be added without being documented.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import typer
from django.utils import translation

from lumbung.core.base.declarations import Column, Dataset, EventType, Indicator, JobType, Label, Manifest, Role
from lumbung.site import environment, manifests, translations

FOLDER = environment.ROOT / "docs" / "reference"
MADE = "<!-- Written by `lumbung docs`. Change the declaration in the code, then run it again. -->"

ABOUT_EVENTS = """# Events

What can happen, and what the public log keeps of it: these fields and nothing else. Personal data is never among them;
a citizen's words appear only as a salted hash. Who reads the log finds the sentence in both languages."""

ABOUT_JOBS = """# Jobs

Work done after the answer, by `lumbung worker`. A failed job comes back after 15 s, 30 s, 1 min … at most 1 h."""

ABOUT_DATASETS = """# Datasets

Tables published as open data, with every column. A column is declared once; page, CSV and this page read the same."""

ABOUT_INDICATORS = """# Indicators

Numbers computed from a published dataset by a definition anyone can run again."""

ABOUT_ROLES = """# Roles and verbs

A role is granted to an account for an office or a region, from day to day. A verb is one thing that can be done."""


def pages(application: typer.Typer) -> dict[str, str]:
    """Every generated page: file name and content."""
    declared = manifests.all_manifests()
    with translation.override("en"):
        made: dict[str, Iterable[str]] = {
            "settings.md": _settings(),
            "commands.md": _commands(application),
            "events.md": _by_part(ABOUT_EVENTS, declared, _events_of),
            "jobs.md": _by_part(ABOUT_JOBS, declared, _jobs_of),
            "datasets.md": _by_part(ABOUT_DATASETS, declared, _datasets_of),
            "indicators.md": _by_part(ABOUT_INDICATORS, declared, _indicators_of),
            "roles.md": _by_part(ABOUT_ROLES, declared, _roles_of),
        }
        return {name: "\n".join([MADE, *lines]).rstrip() + "\n" for name, lines in made.items()}


def write(application: typer.Typer) -> list[str]:
    """Write the pages that changed; returns their names."""
    changed = outdated(application)
    made = pages(application)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
    return changed


def outdated(application: typer.Typer) -> list[str]:
    """Names of pages that no longer say what the code declares."""
    return [
        name
        for name, text in pages(application).items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]


@lru_cache(maxsize=1)
def _indonesian() -> dict[str, str]:
    # Straight from the catalogues, so that the pages do not depend on compiled files.
    known: dict[str, str] = {}
    for part in translations.parts():
        for message in translations.stored_in(part):
            if isinstance(message.id, str) and isinstance(message.string, str):
                known.setdefault(message.id, message.string)
    return known


def _both(label: Label) -> str:
    english = str(label)
    indonesian = _indonesian().get(english, "")
    return f"{english} · *{indonesian}*" if indonesian and indonesian != english else english


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"
    yield ""


def _settings() -> Iterator[str]:
    yield "# Settings\n"
    yield "All settings come from the environment. A malformed value, or an unknown name that begins with `LUMBUNG_`,"
    yield "stops the start with a sentence that names it (exit code 3).\n"
    rows = []
    for variable in environment.VARIABLES:
        default = variable.default.replace(str(environment.ROOT), "the folder of Lumbung")
        rows.append([f"`{variable.name}`", variable.meaning, default or "(empty)", f"`{variable.example}`"])
    yield from _table(["Name", "Meaning", "Default", "Example"], rows)


def _commands(application: typer.Typer) -> Iterator[str]:
    root: Any = typer.main.get_command(application)
    yield "# Commands\n"
    yield "Exit codes: 0 done, 1 failed, 2 wrong use, 3 wrong setting; others stand beside the command.\n"
    for name, command in sorted(root.commands.items()):
        yield f"## lumbung {name}\n"
        yield f"{(command.help or '').strip()}\n"
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            yield from _table(["Argument or option", "Meaning", "Default"], rows)


def _parameter(parameter: Any) -> list[str]:
    is_option = parameter.param_type_name == "option"
    name = ", ".join(f"`{part}`" for part in parameter.opts) if is_option else f"`{parameter.name.upper()}`"
    default = "" if parameter.default in {None, False} else str(parameter.default)
    return [name, getattr(parameter, "help", "") or "", default]


def _by_part(about: str, declared: list[Manifest], lines: Callable[[Manifest], Iterable[str]]) -> Iterator[str]:
    yield about
    for manifest in declared:
        body = list(lines(manifest))
        if body:
            yield f"\n## {_both(manifest.title)}\n"
            yield from body


def _events_of(manifest: Manifest) -> Iterator[str]:
    if manifest.events:
        yield from _table(["Key", "Sentence", "Fields"], [_event(event_type) for event_type in manifest.events])
    for reaction in manifest.reactions:
        yield f"- After `{reaction.event_key}` the job `{reaction.job_name}` runs."


def _event(event_type: EventType) -> list[str]:
    fields = getattr(event_type.event_class, "__dataclass_fields__", {})
    names = ", ".join(f"`{name}`" for name in fields if name not in {"key", "v"})
    return [f"`{event_type.event_class.key}`", _both(event_type.sentence), names]  # type: ignore[attr-defined]


def _jobs_of(manifest: Manifest) -> Iterator[str]:
    if manifest.jobs:
        yield from _table(["Name", "What it does", "When"], [_job(job_type) for job_type in manifest.jobs])


def _job(job_type: JobType) -> list[str]:
    when = f"every {_span(job_type.every_seconds)}" if job_type.every_seconds else "when something asks for it"
    if job_type.daily_at is not None:
        when = f"every day at {job_type.daily_at:%H:%M} WITA"
    promise = (job_type.run.__doc__ or "").strip().split("\n\n")[0]
    return [f"`{job_type.name}`", promise, when]


def _span(seconds: int) -> str:
    for length, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % length == 0:
            count = seconds // length
            return unit if count == 1 else f"{count} {unit}s"
    return f"{seconds} seconds"


def _datasets_of(manifest: Manifest) -> Iterator[str]:
    for dataset in manifest.datasets:
        yield from _dataset(dataset)


def _dataset(dataset: Dataset) -> Iterator[str]:
    yield f"### `{dataset.key}`: {_both(dataset.title)}\n"
    yield f"{dataset.summary}\n"
    yield f"Licence {dataset.licence}, {dataset.frequency}. {dataset.note}".rstrip() + "\n"
    yield from _table(["Column", "Title", "Kind", "Unit", "Meaning"], [_column(column) for column in dataset.columns])


def _column(column: Column) -> list[str]:
    codes = "; ".join(f"`{code}` {label}" for code, label in column.codes.items())
    meaning = " ".join(part for part in (str(column.description), codes) if part)
    return [f"`{column.name}`", _both(column.title), column.kind, column.unit, meaning]


def _indicators_of(manifest: Manifest) -> Iterator[str]:
    for indicator in manifest.indicators:
        yield from _indicator(indicator)


def _indicator(indicator: Indicator) -> Iterator[str]:
    yield f"### `{indicator.key}` version {indicator.version}: {_both(indicator.title)}\n"
    yield f"{indicator.definition}\n"
    formula = f"{indicator.function.__module__}.{indicator.function.__name__}"
    yield f"Unit {indicator.unit}; {indicator.better} is better; from `{indicator.dataset_key}` by `{formula}`."
    yield f"Source: {indicator.source}\n"


def _roles_of(manifest: Manifest) -> Iterator[str]:
    if manifest.roles:
        yield from _table(["Role", "Title", "Granted for", "Verbs"], [_role(role) for role in manifest.roles])
    if manifest.verbs:
        yield from _table(["Verb", "Title"], [[f"`{verb.key}`", _both(verb.title)] for verb in manifest.verbs])


def _role(role: Role) -> list[str]:
    sees = " (sees personal data: two-step verification)" if role.personal_data == "sees" else ""
    return [f"`{role.key}`", _both(role.title) + sees, role.scope, ", ".join(f"`{verb}`" for verb in role.verbs)]

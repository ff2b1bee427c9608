"""Collecting, checking and compiling translations. Each part carries its own catalogue (ADR 0002)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1]
METHODS = [
    ("**/tests/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
METHODS += [("**/templates/**.typ", "jinja2")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.do", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = "# Lumbung: Indonesian sentences of this part.\n# Words: docs/reference/glossary.md\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a translator must mend."""

    part: str
    msgid: str
    what: str


def parts() -> list[Path]:
    """Every folder that carries its own catalogue: each core part, each module, the site."""
    areas = [path for area in ("core", "modules") for path in sorted((SOURCE / area).iterdir()) if path.is_dir()]
    return [path for path in [*areas, SOURCE / "site"] if (path / "__init__.py").exists()]


def catalogue_path(part: Path) -> Path:
    """Where a part keeps its Indonesian sentences."""
    return part / "locale" / "id" / "LC_MESSAGES" / "django.po"


def used_in(part: Path) -> Catalog:
    """Every sentence the part's code and templates use."""
    catalog = Catalog(locale="id", charset="utf-8")
    found = extract_from_dir(part, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS)
    for filename, _line, message, _comments, context in found:
        catalog.add(message, locations=[(f"{part.name}/{filename}", 0)], context=context)
    return catalog


def stored_in(part: Path) -> Catalog:
    """The part's Indonesian catalogue; empty when it has none yet."""
    path = catalogue_path(part)
    if not path.exists():
        return Catalog(locale="id", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="id", charset="utf-8")


def update_all() -> int:
    """Bring every catalogue up to the code; new sentences stay empty for a translator. Returns how many are empty."""
    missing = 0
    for part in parts():
        used = used_in(part)
        catalog = stored_in(part)
        if not len(used) and not len(catalog):
            continue
        catalog.update(used, no_fuzzy_matching=True, keep_user_comments=True)
        catalog.obsolete.clear()
        catalog.header_comment = HEADER
        missing += sum(1 for message in catalog if message.id and not _is_translated(message))
        path = catalogue_path(part)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, no_location=True, sort_output=True, width=110, omit_header=False)
    return missing


def compile_all() -> None:
    """Write the .mo files Django reads."""
    for part in parts():
        if catalogue_path(part).exists():
            with catalogue_path(part).with_suffix(".mo").open("wb") as file:
                write_mo(file, stored_in(part))


def problems() -> Iterator[Problem]:
    """Missing or fuzzy translations, placeholders that differ, and one sentence translated in two ways."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for part in parts():
        stored = stored_in(part)
        for message in used_in(part):
            if not message.id:
                continue
            yield from _problems_of(part.name, message, stored.get(message.id, context=message.context), known)


def _problems_of(
    part: str, used: Message, stored: Message | None, known: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[Problem]:
    msgid = used.id if isinstance(used.id, str) else used.id[0]
    if stored is None or not _is_translated(stored):
        yield Problem(part, msgid, "has no Indonesian")
        return
    if stored.fuzzy:
        yield Problem(part, msgid, "is marked fuzzy")
    for error in stored.check():
        yield Problem(part, msgid, str(error))
    words = stored.string if isinstance(stored.string, str) else "\0".join(stored.string or ())
    other = known.setdefault((msgid, used.context or ""), (words, part))
    if other[0] != words:
        yield Problem(part, msgid, f"reads {words!r} here and {other[0]!r} in {other[1]}")


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(strings) and all(strings)

"""What a table of a service has to meet before a version of it is published: the gates of drafts, for declarations.

The first thing missing stops the publication; what was published before stays public.
"""

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Dataset as Declaration
from lumbung.core.base.errors import Refused
from lumbung.core.datasets.snapshots import Written
from lumbung.core.tables import personal
from lumbung.core.tables.shapes import PlainTable
from lumbung.core.web import personal_kinds
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import DeclaredDecision
from lumbung.modules.open_data.queries import declared
from lumbung.modules.open_data.queries.gates.tables import NAME

CODE = "_code"


def stop_unless_open(declaration: Declaration, place: str, written: Written, csv_file: Path) -> None:
    """Refuse what is missing, with the way out. Called while the version is made, before anybody sees it."""
    publisher = declaration.places().get(place, "")
    parquet = csv_file.with_suffix(".parquet")
    metadata = declared.metadata_of(declaration, place, publisher, parquet)
    # A table without rows is about no period yet.
    gaps = [*_names(declaration), *_codes(metadata), *(_metadata(metadata) if written.row_count else ())]
    if gaps:
        raise gaps[0]
    _refuse_personal(declaration, place, csv_file)


def _names(declaration: Declaration) -> Iterator[Refused]:
    for column in declaration.columns:
        if not NAME.match(column.name):
            sentence = _(
                "The column name %(column)s is not made of small letters, digits and _. The service renames it."
            )
            yield Refused("declared-column-name", sentence, column=column.name)


def _metadata(metadata: dict[str, Any]) -> Iterator[Refused]:
    for field, place in shape.missing(metadata):
        sentence = _("The service does not say “%(named)s” (%(place)s). Ask those who keep the service.")
        yield Refused("declared-metadata-missing", sentence, named=field.label, place=place)


def _codes(metadata: dict[str, Any]) -> Iterator[Refused]:
    """Columns of codes name the list their codes come from."""
    for name, told in metadata["variables"][declared.SLUG].items():
        listed = str(told.get("classification") or "")
        if (name.endswith(CODE) and not listed and not told["codes"]) or (listed and not _is_list(listed)):
            sentence = _("The column %(column)s holds codes and names no code list. Ask those who keep the service.")
            yield Refused("declared-codes-without-list", sentence, column=name)


def _is_list(key: str) -> bool:
    return shape.choice_of("code_lists", key) is not None


def _refuse_personal(declaration: Declaration, place: str, csv_file: Path) -> None:
    found = undecided(declaration.key, place, _findings(csv_file))
    if found:
        named = [part for each in found for part in (each["column"], personal_kinds.LABELS[each["kind"]])]
        raise Refused(
            "looks-like-personal-data",
            _(
                "These columns look like personal data: %(columns)s. A data steward says why they are none,"
                " or the service leaves them out."
            ),
            columns=format_lazy(", ".join(["{} ({})"] * len(found)), *named),
            findings=found,
        )


def undecided(key: str, place: str, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings about which nobody decided yet."""
    decisions = DeclaredDecision.objects.filter(dataset_key=key, place=place)
    decided = set(decisions.values_list("column", "kind"))
    return [each for each in findings if (each["column"], each["kind"]) not in decided]


def _findings(csv_file: Path) -> list[dict[str, Any]]:
    """Columns that look like personal data: names, kinds and counts; no cell of theirs."""
    with tempfile.TemporaryDirectory(prefix="lumbung-gate-") as folder:
        plain = _plain(csv_file, Path(folder) / "plain.csv")
        found = personal.findings(plain, temporary=Path(folder))
    return [{key: asdict(each)[key] for key in ("column", "kind", "count")} for each in found]


def _plain(csv_file: Path, target: Path) -> PlainTable:
    """The same cells as a plain file, as the finder reads them."""
    count = 0
    with csv_file.open(encoding="utf-8", newline="") as source, target.open("w", encoding="utf-8", newline="") as plain:
        writer = csv.writer(plain, lineterminator="\n")
        reader = csv.reader(source)
        header = tuple(next(reader))
        writer.writerow(header)
        for row in reader:
            writer.writerow(row)
            count += 1
    return PlainTable(target, header, header, count, "", 2)

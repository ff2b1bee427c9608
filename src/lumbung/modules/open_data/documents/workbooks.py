"""What a workbook of a published table says on its second sheet: what the data are, whose, and what each column means.

Its words are Indonesian in every language: it is made once for everybody, and filed by offices.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation

from lumbung.core.base import clock
from lumbung.core.regions import queries as regions
from lumbung.core.tables.workbooks.making import Told
from lumbung.core.web import formatting
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Release, ReleaseTable
from lumbung.modules.open_data.queries import addresses, releases, sources
from lumbung.modules.open_data.queries.charts.columns import MARKS

HEADS = ("Kolom", "Arti", "Penjelasan", "Jenis", "Satuan")
KINDS = {
    "string": "teks",
    "integer": "bilangan bulat",
    "number": "bilangan desimal",
    "date": "tanggal",
    "datetime": "tanggal dan jam",
    "year": "tahun",
    "yearmonth": "bulan (TTTT-BB)",
    "boolean": "ya atau tidak",
}
HOW_TO_READ = (
    "Kode ditulis sebagai teks: 52.10 tetap 52.10, dan nol di depan tetap ada.",
    "Tanda nilai (sementara, diperbaiki, tidak tersedia, nihil) ada di kolom tersendiri di samping bilangannya.",
    "Berkas Excel ini dibuat dari terbitan di atas. Sidik digital yang tercatat di catatan publik adalah milik CSV.",
)


def told_of(table: ReleaseTable) -> Told:
    """Everything the workbook of a table says beside its rows."""
    release = table.release
    metadata = releases.metadata_of(release)
    variables: Mapping[str, Mapping[str, Any]] = metadata["variables"].get(table.resource.slug, {})
    schema = releases.schema_of(table)
    with translation.override("id"):
        return Told(
            title=_words(metadata["dataset"]["title"]),
            creator=release.dataset.producer.name_id,
            made_at=release.published_at.replace(tzinfo=None, microsecond=0).isoformat(),
            about=[*_about(table, release, metadata), ("",), *_reading(schema.get("missingValues") or ())],
            heads=HEADS,
            columns={each["name"]: _column(each, variables.get(each["name"], {})) for each in schema["fields"]},
            codes=list(_codes(variables)),
        )


def _about(table: ReleaseTable, release: Release, metadata: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    told, dataset = metadata["dataset"], release.dataset
    yield (_words(told["title"]),)
    yield from _said("Tabel", table.title)
    yield from _said("Ringkasan", _words(told.get("summary")))
    yield from _said("Catatan", _words(told.get("note")))
    yield ("Produsen Data", dataset.producer.name_id)
    yield ("Portal", dataset.portal.name_id)
    yield ("Terbitan", _release(release))
    yield from _said("Wilayah", regions.address_of(told["place"]) if told.get("place") else "")
    yield from _said("Periode", _period(told.get("period")))
    yield from _licence(told)
    source = sources.of_metadata(metadata).get(table.resource.slug)
    if source is not None:
        yield ("Diambil dari", f"{source.address}, pada {formatting.date_medium(source.fetched_on, 'id')}")
    yield ("Tautan tetap", addresses.of_release(dataset, release.number))
    yield ("Berkas CSV", addresses.of_file(dataset, release.number, table.resource.slug, "csv"))
    yield ("SHA-256 berkas CSV", table.version.csv_sha256)


def _release(release: Release) -> str:
    published = formatting.date_medium(clock.local_day(release.published_at), "id")
    return f"{release.number}, per {formatting.date_medium(release.as_of, 'id')}, disebarluaskan {published}"


def _period(told: Mapping[str, str] | None) -> str:
    if not told:
        return ""
    return told["from"] if told["from"] == told["to"] else f"{told['from']}–{told['to']}"


def _licence(told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    licence = shape.choice_of("licences", str(told.get("licence") or ""))
    if licence is not None:
        yield ("Lisensi", licence.words.id, licence.iri)


def _reading(missing: Sequence[str]) -> Iterator[Sequence[str]]:
    for place, line in enumerate(HOW_TO_READ):
        yield ("Cara membaca" if not place else "", line)
    written = ", ".join(f"“{each}”" for each in missing if each)
    if written:
        yield ("", f"Sel kosong berarti tidak ada nilai; di berkas CSV ditulis {written}.")
    else:
        yield ("", "Sel kosong berarti tidak ada nilai.")


def _column(field: Mapping[str, Any], variable: Mapping[str, Any]) -> Sequence[str]:
    meaning = _words(variable.get("label")) or str(field.get("title") or "")
    more = _words(variable.get("definition")) or str(field.get("description") or "")
    kind = KINDS.get(str(field.get("type")), str(field.get("type") or ""))
    told = [part for part in ("" if more == meaning else more, *_marks(field)) if part]
    return (meaning, " ".join(told), kind, str(variable.get("unit") or ""))


def _marks(field: Mapping[str, Any]) -> Iterator[str]:
    """What each mark beside a number means."""
    yield from (f"Tanda {mark}: {meaning}." for mark, meaning in (field.get(MARKS) or {}).items())


def _codes(variables: Mapping[str, Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    listed = [(name, each["codes"]) for name, each in variables.items() if each.get("codes")]
    if listed:
        yield ("",)
        yield ("Kode pada kolom", "Kode", "Arti")
    for name, codes in listed:
        yield from ((name, str(code), _words(meaning)) for code, meaning in codes.items())


def _said(label: str, text: str) -> Iterator[Sequence[str]]:
    if text:
        yield (label, text)


def _words(value: Any) -> str:
    return shape.words(value)

"""What the columns of the demonstration's tables mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lumbung.core.tables import descriptors
from lumbung.modules.open_data.demo import descriptions
from lumbung.modules.open_data.demo.references import Reference
from lumbung.modules.open_data.demo.subjects import Subject, Words

MARKS = "__tanda"
REGIONS = "wilayah"
OF_REGIONS = frozenset({"kode_wilayah", "kode_kabupaten", "kode_kecamatan", "kode_desa"})
TIMES = ("tahun", "triwulan", "bulan")
USUAL: dict[str, tuple[Words, Words]] = {
    "kode_kabupaten": (
        ("Kode kabupaten/kota", "Regency code"),
        ("Kode Kementerian Dalam Negeri.", "Code of the interior ministry."),
    ),
    "kabupaten_kota": (
        ("Kabupaten/kota", "Regency or city"),
        ("Nama kabupaten atau kota.", "Name of the regency or city."),
    ),
    "kode_kecamatan": (
        ("Kode kecamatan", "District code"),
        ("Kode Kementerian Dalam Negeri.", "Code of the interior ministry."),
    ),
    "kecamatan": (("Kecamatan", "District"), ("Nama kecamatan.", "Name of the district.")),
    "kode_desa": (
        ("Kode desa/kelurahan", "Village code"),
        ("Kode Kementerian Dalam Negeri.", "Code of the interior ministry."),
    ),
    "desa_kelurahan": (("Desa/kelurahan", "Village"), ("Nama desa atau kelurahan.", "Name of the village.")),
    "desa": (("Desa", "Village"), ("Nama desa.", "Name of the village.")),
    "tahun": (("Tahun", "Year"), ("Tahun data.", "Year of the figure.")),
    "triwulan": (("Triwulan", "Quarter"), ("Triwulan dalam tahun itu, 1 sampai 4.", "Quarter of the year, 1 to 4.")),
    "bulan": (("Bulan", "Month"), ("Tahun dan bulan data.", "Year and month of the figure.")),
}


def variables_of(story: Reference | Subject) -> dict[str, dict[str, Any]]:
    """What is said of every column it may have."""
    told = dict(_told(story))
    return (
        told
        if isinstance(story, Reference)
        else {name: descriptions.variable(story, each) for name, each in told.items()}
    )


def confirmed(proposed: Mapping[str, Any], story: Reference | Subject) -> Mapping[str, Any]:
    """The proposed schema as its producer confirms it: 47.81 might be a code, whoever measured it knows it is none."""
    numbers = {measure.name for measure in story.measures} if isinstance(story, Subject) else set()
    schema = descriptors.read(proposed)
    fields = tuple(
        replace(field, type="number") if field.name in numbers and field.type == "string" else field
        for field in schema.fields
    )
    return descriptors.write(replace(schema, fields=fields, primary_key=_key(schema.names, story)))


def _key(names: Sequence[str], story: Reference | Subject) -> tuple[str, ...]:
    """The columns that together name a row of invented figures: code, time and kind."""
    if not isinstance(story, Subject):
        return ()
    told = {measure.name for measure in story.measures} | {name for name in USUAL if name not in (*OF_REGIONS, *TIMES)}
    return tuple(name for name in names if name not in told and not name.endswith(MARKS))


def _told(story: Reference | Subject) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(story, Reference):
        yield from ((each.name, _variable(each.name, each.label, each.definition)) for each in story.columns)
        return
    yield from ((name, _variable(name, label, definition)) for name, (label, definition) in USUAL.items())
    if story.by is not None:
        yield story.by.name, _variable(story.by.name, story.by.label, story.by.label)
    for measure in story.measures:
        told = _variable(measure.name, measure.label, measure.definition, measure.unit)
        yield measure.name, told | {"combining": measure.adds_up}
        marked = (f"{measure.label[0]}: tanda", f"{measure.label[1]}: mark")
        yield f"{measure.name}{MARKS}", _variable("", marked, ("* angka sementara", "* preliminary"))


def _variable(name: str, label: Words, definition: Words, unit: str = "") -> dict[str, Any]:
    return {
        "label": {"id": label[0], "en": label[1]},
        "definition": {"id": definition[0], "en": definition[1]},
        "unit": unit,
        "classification": REGIONS if name in OF_REGIONS or label[0] == "Kode wilayah induk" else "",
    }

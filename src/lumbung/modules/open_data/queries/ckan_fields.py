"""Which words of CKAN stand for which fields of metadata, for what is written and what is told. Pure.

A field of metadata is named as the forms of the desk name it: "title__id" is the Indonesian title.
"""

from collections.abc import Mapping
from typing import Any

from lumbung.modules.open_data import shape

# What CKAN has a word of its own for. Notes, tags and groups are said in forms of their own.
PLAIN = {
    "title": "title__id",
    "license_id": "licence",
    "maintainer": "contact",
    "maintainer_email": "contact_email",
}
NOTES, TAGS, GROUPS, EXTRAS = "notes", "tags", "groups", "extras"
SUMMARY = "summary"
# What CKAN has no word for and keeps as extras of a package.
DATASET_EXTRAS = {
    "title_en": "title__en",
    SUMMARY: "summary__id",
    "summary_en": "summary__en",
    "note_en": "note__en",
    "region_code": "place",
    "period_from": "period__from",
    "period_to": "period__to",
    "frequency": "frequency",
    "made_by": "made_by",
    "standard": "standard",
    "recommendation": "recommendation",
    "e_walidata": "e_walidata",
}
# Worked out by us: a dump holds them, a load may send them back, nothing is made of them.
WORKED_OUT = frozenset(
    {"id", "state", "type", "private", "url", "version", "author", "author_email", "license_title", "license_url"}
    | {
        "isopen",
        "organization",
        "creator_user_id",
        "metadata_created",
        "metadata_modified",
        "num_resources",
        "num_tags",
    }
    | {"relationships_as_subject", "relationships_as_object", "lumbung", "tracking_summary", "revision_id"}
)
EXTRAS_WORKED_OUT = frozenset(
    {"release", "metadata_sha256", "access", "freshness", "due_on", "as_of", "portal", "draft", "draft_state"}
)


def activity_extras() -> list[str]:
    """Fields of the statistical activity (MS-Keg); each is an extra of its own name."""
    return [field.key for field in shape.fields_of("activity") if not field.both and field.kind != "period"]


def said(told: Mapping[str, Any], name: str) -> str:
    """What metadata say in one field of the desk's forms, as text."""
    key, _sign, part = name.partition("__")
    value = told.get(key)
    if part:
        value = (value or {}).get(part)
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def ckan_name_of(name: str) -> str:
    """How CKAN calls a field of the desk's forms; an extra where it has no word."""
    known = {field: word for word, field in PLAIN.items()}
    known |= {"keywords": TAGS, "topic": GROUPS, "note__id": NOTES}
    return known.get(name, EXTRAS)


def extra_of(name: str) -> str:
    """The key of the extra a field of the desk's forms is."""
    return next((key for key, field in DATASET_EXTRAS.items() if field == name), name)

"""A dataset of another portal in the shape of our metadata, and what of it is shown beside ours."""

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lumbung.core.regions.models import Region
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Dataset, HarvestSource

LONGEST_KEY = 60
ADDRESS_OF_WORD = re.compile(r"^https?://(www\.)?|/(deed[a-z.]*)?$")


def metadata_of(record: Mapping[str, Any], source: HarvestSource) -> dict[str, Any]:
    """What a record says, as metadata; what it says beyond them, under `harvest`."""
    told = {
        "title": record["title"],
        "summary": record["summary"] if record["summary"]["id"] else _no_summary(),
        "topic": _first_choice("topics", record["topics"]),
        "keywords": record["keywords"],
        "place": _place(record["place"], source),
        "period": record["period"] or None,
        "licence": _choice("licences", record["licence"]),
        "frequency": _choice("frequencies", record["frequency"]),
        "contact": record["publisher"] or source.title,
    }
    kept = ("identity", "publisher", "page", "modified", "licence", "files")
    remote = {key: record[key] for key in kept} | {"source": source.key, "portal": source.title}
    if "proof" in record:
        remote["proof"] = record["proof"]
    dataset = {key: value for key, value in told.items() if value}
    return {"dataset": dataset, "activity": {}, "indicators": [], "variables": {}, "harvest": remote}


def remote_of(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What another portal said, empty for what is ours."""
    found: dict[str, Any] = metadata.get("harvest") or {}
    return found


def formats_of(remote: Mapping[str, Any]) -> list[str]:
    """The formats of its files, each once."""
    return list(dict.fromkeys(file["format"] for file in remote["files"] if file["format"]))


def is_ours(record: Mapping[str, Any]) -> bool:
    """Whether the other portal only shows what was published here."""
    ours = f"{settings.LUMBUNG_URL}/"
    return str(record["page"]).startswith(ours) or str(record["identity"]).startswith(ours)


def key_for(source: HarvestSource, record: Mapping[str, Any]) -> str:
    """Its address below the portal, given once and kept."""
    wanted = slugify(record["name"]).replace("_", "-") or slugify(record["title"]["id"]) or "data"
    key = re.sub(r"-+", "-", f"{source.key}-{wanted}")[:LONGEST_KEY].strip("-")
    if not Dataset.objects.filter(name=key).exists() and not _is_taken(source, key):
        return key
    mark = uuid.uuid5(source.pk, record["identity"]).hex[:8]
    return f"{key[: LONGEST_KEY - 9].strip('-')}-{mark}"


def file_id(dataset: Dataset, url: str) -> uuid.UUID:
    """The id CKAN clients know a file by: the same as long as it stands at the same address."""
    return uuid.uuid5(dataset.pk, url)


def _is_taken(source: HarvestSource, key: str) -> bool:
    return Dataset.objects.filter(portal=source.portal, key=key).exists()


def _no_summary() -> dict[str, str]:
    return {language: _in(language) for language in ("id", "en")}


def _in(language: str) -> str:
    with translation.override(language):
        return _("The other portal gives no summary.")


def _place(code: str, source: HarvestSource) -> str:
    """The region it names, if that lies in the region of those it is listed under; else theirs."""
    own = source.producer.region_id
    return code if code.startswith(f"{own}.") and Region.objects.filter(pk=code).exists() else own


def _first_choice(listed: str, words: Iterable[str]) -> str:
    return next((key for word in words if (key := _choice(listed, word))), "")


def _choice(listed: str, word: str) -> str:
    """The entry of our list a word means: by key, address or name; empty where it means none surely."""
    wanted = _plain(word)
    for choice in shape.choices(listed):
        if wanted and wanted in {_plain(each) for each in (choice.key, choice.iri, choice.words.id, choice.words.en)}:
            return choice.key
    return ""


def _plain(word: str) -> str:
    return ADDRESS_OF_WORD.sub("", word.strip()).lower()

"""The list somebody looks at, for programs and spreadsheets; and why each dataset of it was found."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from lumbung.core.base import clock
from lumbung.core.portals.models import Portal
from lumbung.core.search import finding
from lumbung.core.search.models import IndexRow
from lumbung.core.search.reasons import Reason, reasons_for
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import catalogue, catalogue_search
from lumbung.modules.open_data.queries.catalogue_search import Answer, Wanted

COLUMNS = (
    *("alamat", "judul", "judul_inggris", "ringkasan", "topik", "produsen", "kode_wilayah", "periode_dari"),
    *("periode_sampai", "lisensi", "frekuensi", "format", "baris", "portal_asal", "terbit"),
)
BATCH = 500


def reasons(answer: Answer) -> dict[UUID, list[Reason]]:
    """Why the datasets of a page were found, where what they show does not say it."""
    if not answer.asked.groups:
        return {}
    rows = IndexRow.objects.in_bulk([row.found_as for row in answer.rows])
    return {
        row.pk: reasons_for(rows[row.found_as], answer.asked.groups, titles={"id": row.title_id, "en": row.title_en})
        for row in answer.rows
        if row.found_as in rows
    }


def lines(portal: Portal, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    """Every dataset of a list, one line each, a heading first; the best ones in their order, then by day."""
    asked = catalogue_search.understood(portal, wanted)
    rows = catalogue_search.matching(catalogue.listed(portal), wanted, asked)
    yield COLUMNS
    first: list[Listing] = []
    if wanted.words and wanted.order not in catalogue_search.ORDERS:
        first = catalogue_search.ranked(portal, wanted, asked, 0, finding.RANKED)
        yield from (_line(row) for row in first)
    told = {row.pk for row in first}
    others = catalogue_search.ordered(rows, wanted).iterator(chunk_size=BATCH)
    yield from (_line(row) for row in others if row.pk not in told)


def _line(row: Listing) -> tuple[Any, ...]:
    return (
        *(_address(row), row.title_id, row.title_en, row.summary_id, row.topic, row.producer.name_id, row.place),
        *(row.period_from, row.period_to, row.licence, row.frequency, " ".join(row.formats), row.row_count),
        *(row.harvested_from, clock.local_day(row.published_at).isoformat()),
    )


def told(answer: Answer, *, page: int, per_page: int) -> dict[str, Any]:
    """The same page as JSON: rows, every number beside the filters, and how the words were read."""
    why = reasons(answer)
    asked = answer.asked
    return {
        "total": answer.total,
        "reachable": answer.reachable,
        "page": page,
        "per_page": per_page,
        "read_as": [{"typed": typed, "read": read} for typed, read in asked.corrected],
        "unknown_words": list(asked.unknown),
        "holds_part_of_the_words": asked.is_partly,
        "facets": {facet: dict(values) for facet, values in answer.counted.values.items()},
        "without": dict(answer.counted.without),
        "datasets": [
            {**dict(zip(COLUMNS, _line(row), strict=True)), "ditemukan": [*map(_reason, why.get(row.pk, []))]}
            for row in answer.rows
        ],
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {"kind": reason.kind, "text": reason.text, "typed": reason.typed}


def _address(row: Listing) -> str:
    kwargs = {"portal_slug": row.portal_id, "key": row.dataset.key}
    return f"{settings.LUMBUNG_URL}{reverse('open_data:dataset', kwargs=kwargs)}"

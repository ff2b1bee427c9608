"""The description for programs, and the page that tells people what programs may ask."""

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import lumbung
from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.federation import feeds
from lumbung.modules.open_data.api.ckan import REQUESTS
from lumbung.modules.open_data.api.rows import QUESTIONS
from lumbung.modules.open_data.forms.sql import QUERIES
from lumbung.modules.open_data.queries import packages
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.site.openapi import ckan, datasets, files, rows
from lumbung.site.openapi.operations import document

OPERATIONS = (*files.OPERATIONS, *datasets.OPERATIONS, *rows.OPERATIONS, *ckan.OPERATIONS)
TO_FILL_IN = ("nama-dataset", "portal", "nama-dataset", 1)
LISTS = ("daftar.json?q=data&per_page=100", "daftar.csv")
DESCRIPTORS = ("datapackage.json", "croissant.json")
LIMITS = (QUESTIONS, QUERIES, REQUESTS)
COUNTED = "SELECT count(*) FROM data"


@dataclass(frozen=True, slots=True)
class Interface:
    """One way of asking, with addresses that work here."""

    title: Promise
    text: Promise
    examples: Sequence[str]


@functools.cache
def _written() -> tuple[bytes, str]:
    told = orjson.dumps(document(OPERATIONS, root=settings.LUMBUNG_URL, version=lumbung.VERSION))
    return told, f'"{hashlib.sha256(told).hexdigest()[:32]}"'


@public()
@readable_anywhere
def described(request: HttpRequest) -> HttpResponse:
    """Every interface for programs, as OpenAPI 3.1."""
    told, etag = _written()
    answer = get_conditional_response(request, etag=etag) or HttpResponse(told, content_type="application/json")
    answer["ETag"], answer["Cache-Control"] = etag, "public, max-age=3600"
    return answer


@public()
def interfaces(request: HttpRequest) -> HttpResponse:
    """What programs may ask, in words, with examples."""
    context = {
        "interfaces": _interfaces(_example()),
        "description": f"{settings.LUMBUNG_URL}{reverse('api-document')}",
        "most": {limit.kind.rpartition(".")[2]: limit.allowed for limit in LIMITS},
    }
    return render(request, "site/interfaces.html", context)


@dataclass(frozen=True, slots=True)
class _Example:
    """A dataset there really is, so that each example answers: its name, and where its newest release is."""

    name: str
    portal: str
    key: str
    number: int

    @property
    def in_portal(self) -> str:
        return f"{settings.LUMBUNG_URL}/{self.portal}/data"


def _example() -> _Example:
    scope = Scope(None, settings.LUMBUNG_URL, clock.local_day(clock.now()))
    told = ("dataset__name", "portal_id", "dataset__key", "release__number")
    found = packages.listings(scope).filter(harvested_from="", release__access="open").order_by("dataset__name")
    return _Example(*(found.values_list(*told).first() or TO_FILL_IN))


def _interfaces(shown: _Example) -> list[Interface]:
    root, name = settings.LUMBUNG_URL, shown.name
    address = f"{root}{reverse('dataset-rows', kwargs={'dataset_name': name})}"
    action = f"{root}/api/3/action"
    return [
        Interface(
            _("Finding datasets"),
            _("The list of a portal by words and filters, with the number of datasets beside each; JSON or CSV."),
            [f'curl "{shown.in_portal}/{file}"' for file in LISTS] + [f'curl "{root}{reverse("dataset-names")}"'],
        ),
        Interface(
            _("Rows of a dataset"),
            _("Choose columns, filter, group and order. The total is exact; JSON, CSV, Parquet or Arrow."),
            [f'curl "{address}?limit=5"', f'curl -o data.csv "{address}?format=csv"'],
        ),
        Interface(
            _("SQL"),
            _("One SELECT on the newest release of a table. A long answer is cut, and says so."),
            [f'curl -G "{root}{reverse("dataset-sql")}" -d dataset={name} --data-urlencode "q={COUNTED}"'],
        ),
        Interface(
            _("CKAN Action API"),
            _("Programs made for CKAN read the catalogue and its rows here. Writing needs a key and makes drafts."),
            [f'curl "{action}/package_show?id={name}"', f"ckanapi dump datasets --all -r {root} -O katalog.jsonl"],
        ),
        Interface(
            _("Catalogue for other catalogues (DCAT-AP 3)"),
            _("As Turtle, JSON-LD or RDF/XML, page by page."),
            [f"curl {root}{reverse('catalogue-of-all', kwargs={'kind': 'ttl'})}"],
        ),
        Interface(
            _("One release with its description (Data Package, Croissant)"),
            _("Files, columns and fingerprints of one release, which never change; also for machine learning."),
            [f"curl {shown.in_portal}/{shown.key}/v{shown.number}/{file}" for file in DESCRIPTORS],
        ),
        Interface(
            _("New data (Atom)"),
            _("Each release as it is published, for readers of feeds; a webhook where a program wants to be told."),
            [f"curl {shown.in_portal}/umpan.atom"],
        ),
        Interface(
            _("Public log"),
            _("The signed checkpoint and the entries under it. Whoever keeps a copy notices every later change."),
            [f"curl {root}{reverse('log-files:checkpoint')}", f"curl {root}/log/{feeds.DOCUMENT}"],
        ),
        Interface(
            _("Regions"),
            _("Codes and names of regencies, districts and villages."),
            [f"curl {root}{reverse('regions:children', kwargs={'code': '52'})}"],
        ),
        Interface(
            _("State of the installation"),
            _("Answers 200 while everything works; for those who watch servers."),
            [f"curl {root}{reverse('healthz')}"],
        ),
    ]

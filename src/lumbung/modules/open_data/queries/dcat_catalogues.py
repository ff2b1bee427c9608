"""A page of a catalogue as DCAT-AP 3, with Hydra saying where the other pages are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, URIRef

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.open_data.models import Listing
from lumbung.modules.open_data.queries import addresses, dcat, descriptions
from lumbung.modules.open_data.queries.descriptions import Description
from lumbung.modules.open_data.queries.vocabularies import HYDRA, LABELS, LANGUAGES, THEMES

PAGE_SIZE = 100
# Counted up when the same releases are told in another way, so that nobody keeps the old answer.
WAY_OF_TELLING = "1"
TITLE = _("Data catalogue of %(name)s")
SUMMARY = _("Open data of %(name)s: every dataset with its newest release, producer, licence and files.")
ALL_TITLE = _("Data catalogue of every portal of %(name)s")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Whose catalogue it is. Without a portal, the union of all portals; `first` then speaks for them."""

    portal: Portal | None
    first: Portal

    @property
    def node(self) -> URIRef:
        return URIRef(addresses.of_portal(self.portal) if self.portal else f"{addresses.site()}#katalog")

    @property
    def publisher(self) -> Organisation:
        return self.first.government

    @property
    def region(self) -> Region | None:
        return self.portal.region if self.portal else None


def of_portal(portal: Portal) -> Catalogue:
    """The catalogue of a portal."""
    return Catalogue(portal, Portal.objects.select_related("region", "government").get(pk=portal.pk))


def of_all() -> Catalogue | None:
    """The union of the portals; None before there is a portal."""
    first = Portal.objects.select_related("region", "government").order_by("position", "slug").first()
    return Catalogue(None, first) if first else None


def rows_of(catalogue: Catalogue) -> QuerySet[Listing]:
    """What it lists, in an order that stays while people page through it. A portal without open data lists nothing."""
    shown = [portal.pk for portal in Portal.objects.all() if "open_data" in portal.modules]
    rows = Listing.objects.filter(portal__in=shown, dataset__withdrawn_at__isnull=True)
    rows = rows.filter(portal=catalogue.portal) if catalogue.portal else rows
    return rows.order_by("dataset__begun_at", "pk")


def page_of(catalogue: Catalogue, number: int) -> Page[Listing]:
    """One page; raises EmptyPage past the last."""
    return Paginator(rows_of(catalogue), PAGE_SIZE).page(number)


def mark_of(page: Page[Listing]) -> str:
    """A mark of everything the page tells, for ETag: it is known before anything is written."""
    standing = Count("release__tables", filter=Q(release__tables__version__withdrawn_at__isnull=True))
    rows = (
        _rows(page)
        .annotate(standing=standing)
        .values_list(
            "pk",
            "release__number",
            "release__metadata_sha256",
            "release__published_at",
            "producer__name_id",
            "standing",
        )
    )
    told = repr((WAY_OF_TELLING, page.paginator.count, list(rows)))
    return hashlib.sha256(told.encode()).hexdigest()


def _rows(page: Page[Listing]) -> QuerySet[Listing]:
    return cast("QuerySet[Listing]", page.object_list)


def graph_of(catalogue: Catalogue, page: Page[Listing], kind: str) -> Graph:
    """The catalogue with the datasets of a page."""
    told = descriptions.of_listings(descriptions.with_everything(_rows(page)))
    graph = dcat.new_graph()
    _add_catalogue(graph, catalogue, told)
    for each in told:
        dataset, record = dcat.add_dataset(graph, each)
        graph.add((catalogue.node, DCAT.dataset, dataset))
        graph.add((catalogue.node, DCAT.record, record))
    _add_paging(graph, catalogue, page, kind)
    return graph


def _add_catalogue(graph: Graph, catalogue: Catalogue, told: Sequence[Description]) -> None:
    node, first = catalogue.node, catalogue.first
    graph.add((node, RDF.type, DCAT.Catalog))
    names = {"id": first.government.name_id, "en": first.government.name_en}
    if catalogue.portal:
        names = {"id": first.name_id, "en": first.name_en}
    dcat.add_words(graph, node, DCTERMS.title, _told(TITLE if catalogue.portal else ALL_TITLE, names))
    dcat.add_words(graph, node, DCTERMS.description, _told(SUMMARY, names))
    graph.add((node, DCTERMS.publisher, dcat.agent(graph, first, catalogue.publisher)))
    home = URIRef(addresses.of_portal(catalogue.portal) if catalogue.portal else addresses.site())
    graph.add((home, RDF.type, FOAF.Document))
    graph.add((node, FOAF.homepage, home))
    _add_frame(graph, catalogue, max((each.modified for each in told), default=None))


def _add_frame(graph: Graph, catalogue: Catalogue, newest: datetime | None) -> None:
    node = catalogue.node
    for language in LANGUAGES.values():
        graph.add((language, RDF.type, DCTERMS.LinguisticSystem))
        graph.add((node, DCTERMS.language, language))
    graph.add((THEMES, RDF.type, SKOS.ConceptScheme))
    dcat.add_words(graph, THEMES, DCTERMS.title, dict(zip(("id", "en"), LABELS[THEMES], strict=True)))
    graph.add((node, DCAT.themeTaxonomy, THEMES))
    if catalogue.region is not None:
        graph.add((node, DCTERMS.spatial, dcat.location(graph, catalogue.region)))
    if newest is not None:
        graph.add((node, DCTERMS.modified, dcat.moment(newest)))


def _add_paging(graph: Graph, catalogue: Catalogue, page: Page[Listing], kind: str) -> None:
    """Both of Hydra's words for it: harvesters of CKAN read the older one, those of udata either."""
    whole = addresses.of_catalogue(catalogue.portal, kind)
    view = URIRef(f"{whole}?page={page.number}")
    for name in (HYDRA.PartialCollectionView, HYDRA.PagedCollection):
        graph.add((view, RDF.type, name))
    graph.add((catalogue.node, HYDRA.view, view))
    for counted, number in (("totalItems", page.paginator.count), ("itemsPerPage", PAGE_SIZE)):
        graph.add((view, HYDRA[counted], Literal(str(number), datatype=XSD.integer)))
    for neighbour, number in _neighbours(page).items():
        for word in (neighbour, f"{neighbour}Page"):
            graph.add((view, HYDRA[word], URIRef(f"{whole}?page={number}")))


def _neighbours(page: Page[Listing]) -> dict[str, int]:
    found = {"first": 1, "last": page.paginator.num_pages}
    found |= {"next": page.number + 1} if page.has_next() else {}
    return found | ({"previous": page.number - 1} if page.has_previous() else {})


def _told(sentence: Promise, names: dict[str, str]) -> dict[str, str]:
    return {language: _in(language, sentence) % {"name": name} for language, name in names.items()}


def _in(language: str, sentence: Promise) -> str:
    with translation.override(language):
        return str(sentence)

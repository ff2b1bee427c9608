"""Datasets as DCAT-AP 3 graphs. Which properties have to be there stands in `dcat_rules`."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions.models import Region
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.queries import addresses, dcat_remote
from lumbung.modules.open_data.queries.descriptions import Description, FileTold, TableTold
from lumbung.modules.open_data.queries.vocabularies import (
    ACCESS,
    ADMS,
    COMPLETED,
    DCAT_VERSION,
    DCATAP,
    HYDRA,
    LABELS,
    LANGUAGES,
    MEDIA,
    NEW_STATUS,
    RECORD_STATUS,
    SHA256,
    SPDX,
    STABLE,
    VCARD,
)

PREFIXES: Mapping[str, Any] = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCTERMS, "foaf": FOAF, "hydra": HYDRA, "rdfs": RDFS,
    "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip
SERIALISED = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
# XML has no way to write these, and no title needs them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PERIODS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def new_graph() -> Graph:
    """An empty graph that knows our prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, Namespace(str(namespace)))
    return graph


def written(graph: Graph, kind: str) -> bytes:
    """The graph as Turtle, RDF/XML or JSON-LD, the last with a context of its own: nothing is fetched to read it."""
    more: dict[str, Any] = {"context": {key: str(of) for key, of in PREFIXES.items()}} if kind == "jsonld" else {}
    return bytes(graph.serialize(format=SERIALISED[kind], encoding="utf-8", **more))


def dataset_graph(described: Description) -> Graph:
    """One dataset, with its record in the catalogue."""
    graph = new_graph()
    add_dataset(graph, described)
    return graph


def add_dataset(graph: Graph, described: Description) -> tuple[URIRef, URIRef]:
    """Add a dataset and its record; returns both."""
    node = URIRef(addresses.of_dataset(described.dataset))
    for kind in (DCAT.Dataset, DCAT.Resource):
        graph.add((node, RDF.type, kind))
    _add_about(graph, node, described)
    _add_who(graph, node, described)
    _add_when_and_where(graph, node, described)
    dcat_remote.add(graph, node, described.remote)
    for table in described.tables:
        for file in table.files:
            graph.add((node, DCAT.distribution, _distribution(graph, described, table, file)))
    return node, _record(graph, node, described)


def _add_about(graph: Graph, node: URIRef, described: Description) -> None:
    told = described.told
    add_words(graph, node, DCTERMS.title, told.get("title"))
    add_words(graph, node, DCTERMS.description, told.get("summary"))
    add_words(graph, node, SKOS.note, told.get("note"))
    for word in told.get("keywords") or ():
        graph.add((node, DCAT.keyword, _literal(word, "id")))
    graph.add((node, DCTERMS.identifier, Literal(described.dataset.name)))
    graph.add((node, DCAT_VERSION, Literal(str(described.number))))
    if described.note:
        graph.add((node, ADMS.versionNotes, _literal(described.note, "id")))
    if (theme := described.choice("topic", "topics")) is not None:
        graph.add((node, DCAT.theme, concept(graph, URIRef(theme.iri), (theme.words.id, theme.words.en))))
    if (access := ACCESS.get(described.access)) is not None:
        graph.add((node, DCTERMS.accessRights, _typed(graph, access, DCTERMS.RightsStatement)))
    _add_rules(graph, node, described)


def _add_rules(graph: Graph, node: URIRef, described: Description) -> None:
    if (licence := _licence(graph, described)) is not None:
        graph.add((node, DCTERMS.license, licence))
    if (frequency := described.choice("frequency", "frequencies")) is not None:
        graph.add((node, DCTERMS.accrualPeriodicity, _typed(graph, URIRef(frequency.iri), DCTERMS.Frequency)))
    if standard := described.told.get("standard"):
        named = URIRef(f"{node}#standar")
        graph.add((node, DCTERMS.conformsTo, _typed(graph, named, DCTERMS.Standard)))
        graph.add((named, DCTERMS.title, _literal(standard, "id")))


def _add_who(graph: Graph, node: URIRef, described: Description) -> None:
    dataset = described.dataset
    told = dcat_remote.publisher(graph, node, described.remote)
    graph.add((node, DCTERMS.publisher, told or agent(graph, dataset.portal, dataset.producer)))
    page = _typed(graph, URIRef(addresses.of_release(dataset, described.number)), FOAF.Document)
    graph.add((node, DCAT.landingPage, page))
    if unit := described.told.get("contact"):
        contact = URIRef(f"{node}#kontak")
        graph.add((node, DCAT.contactPoint, contact))
        # A unit, never a person.
        for kind in (VCARD.Kind, VCARD.Organization):
            graph.add((contact, RDF.type, kind))
        graph.add((contact, VCARD.fn, _literal(unit)))
        if address := described.told.get("contact_email"):
            graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{quote(str(address), safe='@+')}")))


def _add_when_and_where(graph: Graph, node: URIRef, described: Description) -> None:
    graph.add((node, DCTERMS.modified, dcat_remote.modified(described.remote) or moment(described.modified)))
    if described.begun is not None:
        graph.add((node, DCTERMS.issued, moment(described.begun)))
    for language in _languages(described):
        graph.add((node, DCTERMS.language, _typed(graph, LANGUAGES[language], DCTERMS.LinguisticSystem)))
    if described.region is not None:
        graph.add((node, DCTERMS.spatial, location(graph, described.region)))
    period = described.told.get("period") or {}
    if period.get("from") and period.get("to"):
        covered = _typed(graph, URIRef(f"{node}#periode"), DCTERMS.PeriodOfTime)
        graph.add((node, DCTERMS.temporal, covered))
        graph.add((covered, DCAT.startDate, _period(period["from"])))
        graph.add((covered, DCAT.endDate, _period(period["to"])))


def _distribution(graph: Graph, described: Description, table: TableTold, file: FileTold) -> URIRef:
    address = URIRef(addresses.of_file(described.dataset, described.number, table.slug, file.kind))
    node = _typed(graph, URIRef(f"{address}#berkas"), DCAT.Distribution)
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCAT.accessURL, URIRef(addresses.of_release(described.dataset, described.number))))
    graph.add((node, DCTERMS.title, _literal(f"{table.title} ({file.kind.upper()})", "id")))
    graph.add((node, DCTERMS.issued, moment(described.modified)))
    graph.add((node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)))
    media, kind = MEDIA[file.kind]
    graph.add((node, DCAT.mediaType, _typed(graph, media, DCTERMS.MediaType)))
    graph.add((node, DCTERMS["format"], _typed(graph, kind, DCTERMS.MediaTypeOrExtent)))
    graph.add((node, ADMS.status, concept(graph, COMPLETED)))
    graph.add((node, DCATAP.availability, concept(graph, STABLE)))
    if (licence := _licence(graph, described)) is not None:
        graph.add((node, DCTERMS.license, licence))
    _add_checksum(graph, node, file)
    return node


def _add_checksum(graph: Graph, node: URIRef, file: FileTold) -> None:
    checksum = _typed(graph, URIRef(f"{node}-sha256"), SPDX.Checksum)
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, SPDX.algorithm, _typed(graph, SHA256, SPDX.ChecksumAlgorithm)))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))


def _record(graph: Graph, dataset: URIRef, described: Description) -> URIRef:
    node = _typed(graph, URIRef(f"{dataset}#catatan"), DCAT.CatalogRecord)
    graph.add((node, FOAF.primaryTopic, dataset))
    graph.add((node, DCTERMS.modified, moment(described.modified)))
    if described.begun is not None:
        graph.add((node, DCTERMS.issued, moment(described.begun)))
    graph.add((node, ADMS.status, concept(graph, NEW_STATUS if described.number == 1 else RECORD_STATUS)))
    return node


def agent(graph: Graph, portal: Portal, organisation: Organisation) -> URIRef:
    """An agency of a portal."""
    page = addresses.of_organisation(portal, organisation.code)
    node = _typed(graph, URIRef(f"{page}#lembaga"), FOAF.Agent)
    add_words(graph, node, FOAF.name, {"id": organisation.name_id, "en": organisation.name_en})
    graph.add((node, DCTERMS.identifier, Literal(organisation.code)))
    return node


def location(graph: Graph, region: Region) -> URIRef:
    """A region with its code, which is a text, and its name."""
    node = _typed(graph, URIRef(f"{addresses.site()}#wilayah-{region.code}"), DCTERMS.Location)
    graph.add((node, DCTERMS.identifier, Literal(region.code)))
    for name in (SKOS.prefLabel, RDFS.label):
        graph.add((node, name, _literal(region.full_name, "id")))
    return node


def concept(graph: Graph, node: URIRef, words: tuple[str, str] | None = None) -> URIRef:
    """A concept of a vocabulary with its label in both languages."""
    graph.add((node, RDF.type, SKOS.Concept))
    indonesian, english = words or LABELS[node]
    add_words(graph, node, SKOS.prefLabel, {"id": indonesian, "en": english})
    return node


def moment(when: datetime) -> Literal:
    """A moment, to the second."""
    return Literal(when.replace(microsecond=0).isoformat(), datatype=XSD.dateTime)


def add_words(graph: Graph, node: Node, name: URIRef, words: Any) -> None:
    """A text in the languages it is written in."""
    for language in ("id", "en"):
        if text := (words or {}).get(language):
            graph.add((node, name, _literal(text, language)))


def _licence(graph: Graph, described: Description) -> URIRef | None:
    chosen: shape.Choice | None = described.choice("licence", "licences")
    if chosen is None:
        return dcat_remote.licence_of(graph, described.remote)
    return _typed(graph, URIRef(chosen.iri), DCTERMS.LicenseDocument)


def _languages(described: Description) -> list[str]:
    title = described.told.get("title") or {}
    return [language for language in LANGUAGES if title.get(language)]


def _period(text: str) -> Literal:
    return Literal(text, datatype=PERIODS.get(len(text), XSD.date))


def _typed(graph: Graph, node: URIRef, kind: URIRef) -> URIRef:
    graph.add((node, RDF.type, kind))
    return node


def _literal(text: Any, language: str | None = None) -> Literal:
    return Literal(CONTROLS.sub("", str(text)), lang=language)

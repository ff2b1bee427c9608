"""What DCAT says of a harvested dataset: its publisher, its page and its files over there, in place of ours."""

from collections.abc import Mapping
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from lumbung.modules.open_data.queries.vocabularies import AUTHORITY, SHA256, SPDX
from lumbung.modules.open_data.remote import records

FILE_TYPES = frozenset({"CSV", "XLSX", "XLS", "ODS", "JSON", "GEOJSON", "XML", "PDF", "ZIP", "PARQUET", "HTML"})
Remote = Mapping[str, Any]


def add(graph: Graph, node: URIRef, remote: Remote) -> None:
    """Where it came from, and its files; nothing of a dataset of ours."""
    if not remote:
        return
    if remote["page"]:
        graph.add((node, DCTERMS.source, URIRef(remote["page"])))
        page = _typed(graph, URIRef(remote["page"]), FOAF.Document)
        graph.add((node, DCAT.landingPage, page))
    licence = licence_of(graph, remote)
    for number, file in enumerate(remote["files"], start=1):
        graph.add((node, DCAT.distribution, _distribution(graph, URIRef(f"{node}#berkas-{number}"), file, licence)))


def publisher(graph: Graph, node: URIRef, remote: Remote) -> URIRef | None:
    """Who publishes it over there, as it is told; None for what is ours."""
    if not remote:
        return None
    agent = _typed(graph, URIRef(f"{node}#penerbit"), FOAF.Agent)
    graph.add((agent, FOAF.name, Literal(remote["publisher"] or remote["portal"], lang="id")))
    return agent


def modified(remote: Remote) -> Literal | None:
    """The day it changed over there."""
    day = remote.get("modified")
    return Literal(day, datatype=XSD.date) if day else None


def licence_of(graph: Graph, remote: Remote) -> URIRef | None:
    """A licence that is named by its address, though it is none of our list."""
    address = records.address(remote.get("licence"), "")
    return _typed(graph, URIRef(address), DCTERMS.LicenseDocument) if address else None


def _distribution(graph: Graph, node: URIRef, file: Remote, licence: URIRef | None) -> URIRef:
    _typed(graph, node, DCAT.Distribution)
    for name in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((node, name, URIRef(file["url"])))
    graph.add((node, DCTERMS.title, Literal(file["title"], lang="id")))
    if file["bytes"]:
        graph.add((node, DCAT.byteSize, Literal(str(file["bytes"]), datatype=XSD.nonNegativeInteger)))
    if file["format"] in FILE_TYPES:
        kind = _typed(graph, URIRef(f"{AUTHORITY}file-type/{file['format']}"), DCTERMS.MediaTypeOrExtent)
        graph.add((node, DCTERMS["format"], kind))
    if licence is not None:
        graph.add((node, DCTERMS.license, licence))
    if file["sha256"]:
        checksum = _typed(graph, URIRef(f"{node}-sha256"), SPDX.Checksum)
        graph.add((node, SPDX.checksum, checksum))
        graph.add((checksum, SPDX.algorithm, _typed(graph, SHA256, SPDX.ChecksumAlgorithm)))
        graph.add((checksum, SPDX.checksumValue, Literal(file["sha256"], datatype=XSD.hexBinary)))
    return node


def _typed(graph: Graph, node: URIRef, kind: URIRef) -> URIRef:
    graph.add((node, RDF.type, kind))
    return node

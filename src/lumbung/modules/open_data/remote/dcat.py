"""A catalogue as DCAT: Turtle, JSON-LD or RDF/XML, a page at a time where it has pages.

RDF/XML with a document type is refused, because an entity there may unfold without end or name a file of ours. JSON-LD
that points at a context elsewhere is refused: reading it would fetch whatever address its writer chose.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Gathered, Page, Record, Unfit, Unreadable

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SKOS_NOTE = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
READ_AS_ASCII = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1"}
# The last word of the EU list of access rights.
ACCESS = {"RESTRICTED": "restricted", "NON_PUBLIC": "excluded"}
MOST_TRIPLES = 500_000
KINDS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def read(content: bytes, *, base: str, mime: str) -> Page:
    """One page of it."""
    graph = _graph(content, base, kind_of(content, base, mime))
    gathered = Gathered()
    for node in sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str):
        title = _words(graph, node, DCTERMS.title)
        try:
            gathered.add(_record(graph, node, title, base))
        except Unfit as unfit:
            gathered.refuse(unfit.code, identity=node, title=title["id"])
    if not gathered.records and not gathered.refused and (None, RDF.type, DCAT.Catalog) not in graph:
        raise Unreadable("not-dcat")
    return gathered.page(_next(graph, base))


def kind_of(content: bytes, base: str, mime: str) -> str:
    """Which of the three it is: by what it begins with, then by what the server and the address say."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
    if start.startswith((b"{", b"[")):
        return "jsonld"
    if start.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE", b"<!--", b"<RDF")) or "xml" in mime:
        return "rdf"
    if start[:1] in b"<@#_" or start[:6].upper() == b"PREFIX" or "turtle" in mime or base.endswith(".ttl"):
        return "ttl"
    raise Unreadable("not-dcat")


def _graph(content: bytes, base: str, kind: str) -> Graph:
    if kind == "rdf":
        _refuse_entities(content)
    if kind == "jsonld":
        _refuse_contexts_elsewhere(records.parsed(content))
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=content, format=KINDS[kind], publicID=base)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("json-too-deep") from error
    except Exception as error:  # the parsers of three languages raise what they like
        raise Unreadable("not-dcat") from error
    if len(graph) > MOST_TRIPLES:
        raise Unreadable("too-much")
    return graph


def _refuse_entities(content: bytes) -> None:
    """Whatever could hide a document type, by another encoding too, is refused before a parser sees it."""
    declared = XML_ENCODING.search(content[:400])
    fits = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"\x00" not in content[:400]
    if not fits or (declared and declared.group(1).lower() not in READ_AS_ASCII):
        raise Unreadable("xml-encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable("xml-entities")


def _refuse_contexts_elsewhere(told: Any) -> None:
    waiting = [told]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            contexts = each.get("@context")
            named = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in each or any(isinstance(context, str) for context in named):
                raise Unreadable("remote-context")
            waiting.extend(each.values())


def _record(graph: Graph, node: Node, title: dict[str, str], base: str) -> Record:
    known = _first(graph, node, DCTERMS.identifier)
    covered = graph.value(node, DCTERMS.temporal)
    return records.record(
        identity=str(node) if isinstance(node, URIRef) else known,
        name=known or str(node).rstrip("/#").rpartition("/")[2],
        title=title,
        summary=_words(graph, node, DCTERMS.description),
        publisher=_publisher(graph, node),
        page=_first(graph, node, DCAT.landingPage) or (str(node) if isinstance(node, URIRef) else ""),
        licence=_first(graph, node, DCTERMS.license) or _licence_of_files(graph, node),
        access=ACCESS.get(_first(graph, node, DCTERMS.accessRights).rpartition("/")[2], ""),
        frequency=_first(graph, node, DCTERMS.accrualPeriodicity),
        topics=sorted(map(str, graph.objects(node, DCAT.theme))),
        place=_place(graph, node),
        period=(_first(graph, covered, DCAT.startDate), _first(graph, covered, DCAT.endDate)),
        modified=_first(graph, node, DCTERMS.modified),
        keywords=sorted(str(word) for word in graph.objects(node, DCAT.keyword)),
        files=sorted(_files(graph, node), key=lambda file: json.dumps(file, sort_keys=True)),
        base=base,
    )


def _first(graph: Graph, node: Node | None, name: URIRef) -> str:
    """One value, always the same where several are given."""
    return min(map(str, graph.objects(node, name)), default="") if node is not None else ""


def _words(graph: Graph, node: Node, name: URIRef) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in sorted(graph.objects(node, name), key=str):
        language = (value.language or "id")[:2] if isinstance(value, Literal) else "id"
        found.setdefault(language, str(value))
    first = found.get("id") or found.get("en") or next(iter(found.values()), "")
    return {"id": first, "en": found.get("en", "")}


def _publisher(graph: Graph, node: Node) -> str:
    agent = graph.value(node, DCTERMS.publisher)
    if agent is None or isinstance(agent, Literal):
        return str(agent or "")
    return _words(graph, agent, FOAF.name)["id"]


def _place(graph: Graph, node: Node) -> str:
    found = [_first(graph, place, DCTERMS.identifier) for place in graph.objects(node, DCTERMS.spatial)]
    return min((code for code in found if code), default="")


def _licence_of_files(graph: Graph, node: Node) -> str:
    held = (_first(graph, file, DCTERMS.license) for file in graph.objects(node, DCAT.distribution))
    return min((licence for licence in held if licence), default="")


def _files(graph: Graph, node: Node) -> Iterator[dict[str, Any]]:
    for file in graph.objects(node, DCAT.distribution):
        checksum = graph.value(file, SPDX.checksum)
        kind = _first(graph, file, DCTERMS["format"]) or _first(graph, file, DCAT.mediaType)
        yield {
            "title": _words(graph, file, DCTERMS.title)["id"],
            "format": _label(graph, kind),
            "url": _first(graph, file, DCAT.downloadURL) or _first(graph, file, DCAT.accessURL),
            "bytes": _first(graph, file, DCAT.byteSize),
            "sha256": _first(graph, checksum, SPDX.checksumValue),
        }


def _label(graph: Graph, kind: str) -> str:
    """CSV of …/file-type/CSV."""
    return _words(graph, URIRef(kind), SKOS_NOTE)["id"] if "/" not in kind and " " not in kind else kind


def _next(graph: Graph, base: str) -> str:
    found: Iterable[Node] = [*graph.objects(None, HYDRA.next), *graph.objects(None, HYDRA.nextPage)]
    return records.address(min(map(str, found), default=""), base)

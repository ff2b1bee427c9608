"""Which properties a description has to have before anything is published: our own table, kept equal to the shapes of
DCAT-AP 3.0.1 by a test. `OURS` is what we ask for beyond them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from lumbung.modules.open_data.queries.vocabularies import SPDX

MANDATORY: dict[URIRef, tuple[URIRef, ...]] = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.CatalogRecord: (DCTERMS.modified, FOAF.primaryTopic),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    FOAF.Agent: (FOAF.name,),
    SKOS.Concept: (SKOS.prefLabel,),
    SKOS.ConceptScheme: (DCTERMS.title,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
}
OURS: dict[URIRef, tuple[URIRef, ...]] = {
    DCAT.Dataset: (DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCTERMS.license, DCTERMS.accrualPeriodicity),
    DCAT.Distribution: (DCAT.downloadURL, SPDX.checksum, DCTERMS.license),
}
# The library does not look at these two.
FORMS = {XSD.gYear: re.compile(r"\d{4}"), XSD.gYearMonth: re.compile(r"\d{4}-(0[1-9]|1[0-2])")}


@dataclass(frozen=True, slots=True)
class Fault:
    """A property that is missing (no value), or a value that is not of its type."""

    of: URIRef
    property: URIRef
    value: str = ""


def faults(graph: Graph) -> Iterator[Fault]:
    """Everything in a graph that keeps it from being published."""
    for table in (MANDATORY, OURS):
        for kind, properties in table.items():
            for node in sorted(set(graph.subjects(RDF.type, kind)), key=str):
                yield from (Fault(kind, name) for name in properties if not _says(graph, node, name))
    for _node, name, value in graph:
        if isinstance(value, Literal) and not _is_of_its_type(value):
            yield Fault(URIRef(""), URIRef(str(name)), str(value))


def _is_of_its_type(value: Literal) -> bool:
    form = FORMS.get(value.datatype) if value.datatype else None
    return not value.ill_typed and (form is None or form.fullmatch(str(value)) is not None)


def _says(graph: Graph, node: Node, name: URIRef) -> bool:
    return any(str(value).strip() for value in graph.objects(node, name))

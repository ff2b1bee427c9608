"""Words of other machines: namespaces, and the concepts of the EU vocabularies DCAT-AP points at, with their labels.

The labels stand in every document, because the shapes ask for one and few readers look elsewhere.
"""

from rdflib import DCAT, Namespace, URIRef

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# Newer than the library's list of the namespace.
DCAT_VERSION = URIRef(f"{DCAT}version")
AUTHORITY = "http://publications.europa.eu/resource/authority/"

STABLE = URIRef(f"{AUTHORITY}planned-availability/STABLE")
COMPLETED = URIRef(f"{AUTHORITY}distribution-status/COMPLETED")
RECORD_STATUS = URIRef("http://purl.org/adms/changetype/updated")
NEW_STATUS = URIRef("http://purl.org/adms/changetype/created")
THEMES = URIRef(f"{AUTHORITY}data-theme")
SHA256 = SPDX.checksumAlgorithm_sha256

LABELS = {
    STABLE: ("tetap tersedia", "stable"),
    COMPLETED: ("selesai", "completed"),
    RECORD_STATUS: ("dimutakhirkan", "updated"),
    NEW_STATUS: ("baru", "created"),
    THEMES: ("Tema data", "Data theme"),
}
ACCESS = {
    "open": URIRef(f"{AUTHORITY}access-right/PUBLIC"),
    "restricted": URIRef(f"{AUTHORITY}access-right/RESTRICTED"),
    "excluded": URIRef(f"{AUTHORITY}access-right/NON_PUBLIC"),
}
LANGUAGES = {"id": URIRef(f"{AUTHORITY}language/IND"), "en": URIRef(f"{AUTHORITY}language/ENG")}
# Media type of IANA, and the file type of the EU list.
MEDIA = {
    "csv": (
        URIRef("https://www.iana.org/assignments/media-types/text/csv"),
        URIRef(f"{AUTHORITY}file-type/CSV"),
    ),
    "parquet": (
        URIRef("https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"),
        URIRef(f"{AUTHORITY}file-type/PARQUET"),
    ),
}

"""A DOCX read by the rules of ECMA-376 alone, without the library that wrote it: what an office program trips over."""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
CONTENT_TYPES = "[Content_Types].xml"


def faults(content: bytes) -> list[str]:
    """Everything in a DOCX that the standard does not allow; an empty list is a sound package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if package.testzip() is not None:
            return ["a part of the zip is damaged"]
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"{name} stands in the package twice" for name in set(names) if names.count(name) > 1]
    found += [*_unreadable(parts)]
    if found:
        return found
    return [*_untyped(parts), *_unresolved(parts), *_body(parts)]


def _unreadable(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                yield f"{name} is not well-formed: {error}"


def _untyped(parts: dict[str, bytes]) -> Iterator[str]:
    """Part 2, 10.1.2: every part has a content type, and every content type named has its part."""
    told = etree.fromstring(parts[CONTENT_TYPES])
    defaults = {each.get("Extension", "").lower() for each in told.iter(f"{TYPES}Default")}
    overrides = {each.get("PartName", "").lstrip("/") for each in told.iter(f"{TYPES}Override")}
    for name in parts:
        extension = name.rpartition(".")[2].lower()
        if name != CONTENT_TYPES and name not in overrides and extension not in defaults:
            yield f"{name} has no content type"
    yield from (f"{name} has a content type and is not there" for name in overrides - parts.keys())


def _unresolved(parts: dict[str, bytes]) -> Iterator[str]:
    """Part 2, 9.3: ids are given once, targets inside the package exist, and ids that are used are known."""
    for name in [each for each in parts if each.endswith(".rels")]:
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        known = list(etree.fromstring(parts[name]).iter(f"{RELS}Relationship"))
        ids = [each.get("Id") for each in known]
        yield from (f"{name}: {each} is given twice" for each in set(ids) if ids.count(each) > 1)
        for each in known:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(source), each.get("Target", "")))
            if each.get("TargetMode") != "External" and target.lstrip("/") not in parts:
                yield f"{name}: {each.get('Target')} is not there"
        if source in parts:
            used = {
                value
                for row in etree.fromstring(parts[source]).iter()
                for key, value in row.items()
                if key[: len(R)] == R
            }
            yield from (f"{source}: {each} leads nowhere" for each in used - set(ids))


def _body(parts: dict[str, bytes]) -> Iterator[str]:
    """Part 1, 17: one document; styles that are used exist; a cell ends with a paragraph; rows have cells."""
    main = [
        each.get("Target", "").lstrip("/")
        for each in etree.fromstring(parts["_rels/.rels"]).iter(f"{RELS}Relationship")
        if each.get("Type") == OFFICE_DOCUMENT
    ]
    if len(main) != 1 or main[0] not in parts:
        yield "the package does not name its one document"
        return
    document = etree.fromstring(parts[main[0]])
    if document.tag != f"{W}document" or document.find(f"{W}body") is None:
        yield "the document has no body"
    styles = {each.get(f"{W}styleId") for each in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        used = {each.get(f"{W}val") for each in document.iter(f"{W}{tag}")}
        yield from (f"the style {each} is used and not there" for each in used - styles)
    for cell in document.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    yield from ("a row has no cell" for row in document.iter(f"{W}tr") if row.find(f"{W}tc") is None)


def words(content: bytes) -> str:
    """The text of the document as it stands in its XML, paragraph by paragraph."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    paragraphs = ("".join(run.text or "" for run in each.iter(f"{W}t")) for each in document.iter(f"{W}p"))
    return "\n".join(text for text in paragraphs if text)

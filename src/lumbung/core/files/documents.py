"""Taking a document as it came, or refusing it with a sentence that says what to do. Touches no database, no folder."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.files import document_parts, inspection, uploads
from lumbung.core.files.kinds import KINDS, Kind

MAX_BYTES = uploads.KEPT_BYTES_A_FILE
FIELD = "document"
NAME_LENGTH = 80

FAULTS: dict[str, tuple[str, Promise]] = {
    "damaged": (
        "document-damaged",
        _("The file is damaged or incomplete. Open it on your device, save it again, and choose the new file."),
    ),
    "protected": (
        "document-is-protected",
        _("The file needs a password or is of an old Office format. Save it as PDF without a password, and send that."),
    ),
    "active": (
        "document-carries-a-program",
        _("The file carries macros, a script or an embedded program. Save it as PDF without them, and send that."),
    ),
    "hides": (
        "document-hides-a-file",
        _("The file can also be read as a page, a program or an archive. Save it as PDF again, and send that."),
    ),
    "heavy": (
        "document-too-heavy",
        _("Unpacked, the file is far too large. Remove pictures or sheets it does not need, or send it as PDF."),
    ),
}


def recognise(data: bytes, *, size: int, accepted: Collection[Kind], name: str = "") -> Kind:
    """The kind of a document that may be kept; refuses every other one.

    size      bytes that were sent, when more were sent than kept in `data`
    accepted  the kinds this place takes
    name      what the upload was called: an ending that claims another kind is refused
    """
    _refuse_by_size(data, size, accepted)
    kind = document_parts.kind_of(data)
    if kind == "protected":
        raise _refusal("protected")
    if kind == "other" or kind not in accepted:
        raise _not_accepted(accepted)
    if not _is_called(name, kind):
        raise Refused(
            "document-is-not-what-its-name-says",
            _("The file is called .%(ending)s and holds something else. Save it again as what it is, and send that."),
            field=FIELD,
            ending=_ending(name),
        )
    fault = document_parts.fault_of(data, kind)
    if fault:
        raise _refusal(fault)
    return kind


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_called(name: str, kind: str) -> bool:
    """Whether the ending of a name fits what was found; a table in plain text may be called either way."""
    ending = _ending(name)
    return ending not in KINDS or ending == kind or {ending, kind} <= {"csv", "txt"}


def is_photo(data: bytes) -> bool:
    """Whether an upload goes the way of photos, for places that take both."""
    return inspection.kind_of(data) != "other"


def download_name(title: str, kind: str) -> str:
    """The name a document is saved under: made from its title, never from what the upload was called."""
    words = slugify(title)[:NAME_LENGTH].strip("-") or "dokumen"
    return f"{words}.{kind}"


def words_of(accepted: Collection[Kind]) -> str:
    """ "PDF, CSV": as a hint or a refusal lists them."""
    return ", ".join(KINDS[kind].word for kind in accepted)


def _refuse_by_size(data: bytes, size: int, accepted: Collection[Kind]) -> None:
    if size == 0:
        raise Refused("document-empty", _("The file is empty (0 bytes). Choose the document again."), field=FIELD)
    if size > min(MAX_BYTES, len(data)):
        raise Refused(
            "document-too-large",
            _("The file is larger than %(limit)s MB. Save it with smaller pictures, or split it. Accepted: %(kinds)s."),
            field=FIELD,
            limit=MAX_BYTES // 1_000_000,
            kinds=words_of(accepted),
        )


def _not_accepted(accepted: Collection[Kind]) -> Refused:
    return Refused(
        "document-kind-not-accepted",
        _("This kind of file is not accepted here. Use: %(kinds)s."),
        field=FIELD,
        kinds=words_of(accepted),
    )


def _refusal(fault: str) -> Refused:
    code, sentence = FAULTS[fault]
    return Refused(code, sentence, field=FIELD)

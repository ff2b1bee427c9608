"""How the kinds of personal data that `kernels.personal_data` finds are called."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernels.personal_data import Finding

LABELS: Mapping[str, Promise] = {
    "nik": _("NIK or KK number"),
    "phone": _("telephone number"),
    "email": _("e-mail address"),
    "plate": _("vehicle plate"),
    "name": _("perhaps a person's name"),
    "address": _("an address"),
    "birth": _("a date of birth"),
    "account": _("an account, tax or insurance number"),
}


def title_of(kind: str) -> str:
    """The name of a kind, in the language active now."""
    return str(LABELS[kind])


def label_of(finding: Finding) -> str:
    """The name of what was found, in the language active now."""
    return str(LABELS[finding.kind])


def kinds_in(found: Iterable[Finding]) -> str:
    """Everything that was found, each kind once: "NIK or KK number, telephone number"."""
    return ", ".join(sorted({label_of(item) for item in found}))

"""What happens to legal products. Their subject and number are public facts of an office, never a person's."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class LegalProductAdded(Event):
    """`subject` since version 2."""

    key: ClassVar[str] = "action_plan.legal_product_added"
    v: ClassVar[int] = 2
    plan: str
    member: str
    product: str
    kind: str
    about: str
    subject: str


@dataclass(frozen=True, slots=True)
class LegalProductEnacted(Event):
    """`sha256` is the hash of the signed paper, "" while it is not here; `jdih_url` since version 2."""

    key: ClassVar[str] = "action_plan.legal_product_enacted"
    v: ClassVar[int] = 2
    plan: str
    member: str
    product: str
    number: str
    dated_on: str
    sha256: str
    jdih_url: str


@dataclass(frozen=True, slots=True)
class LegalProductPromulgated(Event):
    key: ClassVar[str] = "action_plan.legal_product_promulgated"
    plan: str
    member: str
    product: str
    gazette: str
    promulgated_on: str


@dataclass(frozen=True, slots=True)
class LegalDocumentKept(Event):
    """`replaced` is the hash of the paper that stood there before, "" for the first one."""

    key: ClassVar[str] = "action_plan.legal_document_kept"
    plan: str
    member: str
    product: str
    sha256: str
    replaced: str

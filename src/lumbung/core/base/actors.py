"""Who acted: a role, an organisation and a pseudonym, never a person (decision 2)."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from lumbung.core.base import keys

ActorKind = Literal["account", "guest", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The public side of whoever did something; fit to be printed in the log for ever."""

    kind: ActorKind
    role: str
    organisation_code: str = ""
    pseudonym: str = ""

    def as_payload(self) -> dict[str, str]:
        """The four fields the canonical event body carries."""
        return {
            "kind": self.kind,
            "role": self.role,
            "organisation": self.organisation_code,
            "id": self.pseudonym,
        }


SYSTEM = Actor(kind="system", role="system")
GUEST = Actor(kind="guest", role="reporter")


def pseudonym_of(account_id: str) -> str:
    """A short name for an account that only this installation's key can link back to it."""
    return hmac.new(keys.pseudonym_key(), account_id.encode(), hashlib.sha256).hexdigest()[:12]

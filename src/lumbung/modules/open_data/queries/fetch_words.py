"""Why a file could not be fetched from an address, with the way out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "address-not-http": _("This is no address of a file: it begins with https:// or http://."),
    "address-has-a-password": _("The address holds a password. Use a public address, or bring the file."),
    "host-not-public": _("The address leads into a network that is not public. Download the file and bring it."),
    "port-not-usual": _("The address names an unusual port. Download the file and bring it."),
    "redirected-too-often": _("The address leads on and on. Use the address it should end at."),
    "not-there": _("There is nothing at this address any more. Check it, or bring the file."),
    "name-unknown": _("The name in the address is not known. Check how it is written."),
    "no-connection": _("Whoever keeps this address does not answer. Try again later, or bring the file."),
    "too-slow": _("The file did not come within two minutes. Try again later, or bring the file."),
    "too-large": _("The file is larger than 50 MB. Download it and bring it: up to 300 MB are taken that way."),
    "answer-not-ok": _("Whoever keeps this address answers with an error. Try again later, or bring the file."),
    "page-not-file": _("At this address stands a web page, not a file. Copy the address of its download link."),
    "nothing-there": _("What stands at this address is empty."),
}


def why(reason: str) -> Promise | str:
    """A reason in words."""
    return WORDS.get(reason, reason)

"""What people type about the log."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.log.models import Witness

HASH = re.compile(r"[0-9a-f]{64}")
MAX_INDEX = 2**53


class FindForm(forms.Form):
    """A place in the log, the fingerprint on a receipt, or one that entries name."""

    q = forms.CharField(
        label=_("Number in the log, or a fingerprint: of your receipt, of a plan, of a file"),
        max_length=100,
        error_messages={"required": _("Type the number in the log, or the 64 characters on your receipt.")},
    )

    def clean_q(self) -> int | bytes:
        """The place as a number, or the 32 bytes of the fingerprint."""
        text = re.sub(r"[\s#.]", "", self.cleaned_data["q"]).lower()
        if HASH.fullmatch(text):
            return bytes.fromhex(text)
        if text.isascii() and text.isdigit() and int(text) < MAX_INDEX:
            return int(text)
        raise forms.ValidationError(
            _("This is neither a number nor a fingerprint. A fingerprint has 64 characters, 0–9 and a–f.")
        )


class PeerForm(forms.Form):
    """Another installation that sent us its lines."""

    title = forms.CharField(label=_("Name of the government"), max_length=160)
    address = forms.CharField(
        label=_("Address of its log"), max_length=300, help_text=_("Such as https://data.example.go.id/log")
    )
    key = forms.CharField(
        label=_("Key of its log"),
        max_length=250,
        help_text=_("One line from its page of the public log: name, plus, eight characters, plus, key."),
    )
    witness_key = forms.CharField(
        label=_("Its key as witness"),
        max_length=250,
        required=False,
        help_text=_("One line from its page of witnesses. With it, its signature under our log counts."),
    )


class AddressForm(forms.Form):
    """Where checkpoints are sent to a witness."""

    address = forms.CharField(
        label=_("Address to which checkpoints are sent"),
        max_length=300,
        required=False,
        help_text=_("Only for a witness that can be called (C2SP tlog-witness). One on a laptop looks for itself."),
    )


class WitnessForm(AddressForm):
    """A witness who sent us its public key."""

    title = forms.CharField(label=_("Name of the organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Witness.Kind.titles, widget=forms.RadioSelect)
    key = forms.CharField(
        label=_("Public key of the witness"),
        max_length=250,
        help_text=_("One line: name, plus, eight characters, plus, key. The program of the witness prints it."),
    )
    field_order = ("title", "kind", "key", "address")

"""Forms of the register of legal products."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.actions.legal import Enacted
from lumbung.modules.action_plan.forms.papers import address_field, choice_field, document_field, line_field, upload_of
from lumbung.modules.action_plan.models import LegalProduct


class EnactForm(forms.Form):
    """Number, date and paper of what was signed."""

    number = line_field(_("Number"), most=80, hint=_("As on the paper, for example 050-123 Tahun 2026."))
    dated_on = day_field(_("Date of enactment"))
    jdih_url = address_field(
        _("Address in JDIH"), hint=_("Where the network of legal documentation (JDIH) publishes it.")
    )
    document = document_field(_("Signed document"))

    def enacted(self) -> Enacted | None:
        """What was told; None while number and date are left out."""
        told = self.cleaned_data
        if not told["number"]:
            return None
        return Enacted(told["number"], told["dated_on"], told["jdih_url"], upload_of(self))


class ProductForm(EnactForm):
    """A new legal product; number and date may follow later."""

    kind = choice_field(_("Kind"), LegalProduct.Kind.choices)
    about = choice_field(_("About"), LegalProduct.About.choices)
    subject = line_field(_("Subject"), most=300, hint=_("The words after “tentang”."))
    number = line_field(_("Number"), most=80, hint=_("Leave number and date out while it is a draft."), required=False)
    dated_on = day_field(_("Date of enactment"), required=False)
    field_order = ("kind", "about", "subject", "number", "dated_on", "jdih_url", "document")

    def clean(self) -> dict[str, Any]:
        """Number and date belong together; the paper belongs to what is enacted."""
        told = super().clean() or {}
        number, dated_on = told.get("number"), told.get("dated_on")
        if number and not dated_on and "dated_on" not in self.errors:
            self.add_error("dated_on", _("What has a number has a date. Enter it."))
        if not number and (dated_on or told.get("document")):
            self.add_error(
                "number", _("What is dated or signed has a number. Enter it, or leave both out for a draft.")
            )
        return told


class PromulgateForm(forms.Form):
    """Where and when a regulation was made known."""

    gazette = line_field(_("Gazette and number"), most=120, hint=_("For example: Berita Daerah Tahun 2026 Nomor 12."))
    promulgated_on = day_field(_("Day of promulgation"))


class PaperForm(forms.Form):
    """The signed paper alone."""

    document = document_field(_("Signed document"), required=True)

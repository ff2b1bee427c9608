"""How what a plan names by key is called, read once for all commitments."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Institution, Term
from lumbung.modules.action_plan.queries import draft_texts


class PlanNames:
    """Codes and the words for them, read once for all commitments."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.organisations = {each.pk: each.name for each in Organisation.objects.all()}
        self.terms = {each.key: each.label for each in Term.objects.filter(scale=Term.Scale.OGP_VALUE)}
        self.roles = dict(Institution.Role.choices)
        self.of_lists = draft_texts.Names(self.organisations, self.terms)

    def words(self, value: Mapping[str, Any] | None) -> str:
        """A text in the language, Indonesian where it has no words in it."""
        told = value or {}
        return str((self.language == "en" and told.get("en")) or told.get("id") or "")

    def untranslated(self, kind: str, body: Mapping[str, Any]) -> list[Promise]:
        """Labels of what stands there in Indonesian because it has no English; nothing where Indonesian is read."""
        return list(shape.untranslated(kind, body)) if self.language == "en" else []

    def organisation(self, code: str) -> str:
        """How an organisation is called."""
        return self.organisations.get(code, code)

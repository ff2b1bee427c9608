"""Requirements about the text: frozen, complete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import DraftVersion, Freeze
from lumbung.modules.action_plan.queries import drafts, enactment, english
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing

# The first set is what people were asked about; the second is what became of it.


def draft_frozen(case: Case) -> Iterator[Missing]:
    """The drafts were frozen so often (option `number`, 1 unless named)."""
    wanted = int(case.requirement.option("number") or 1)
    for member in case.concerned:
        if not Freeze.objects.filter(member=member, number__gte=wanted).exists():
            yield Missing(
                f"draft_frozen.{wanted}",
                _("The drafts of %(member)s are not frozen as version %(number)s yet."),
                params={"member": member.organisation.name, "number": wanted},
                route="drafts",
            )


def frozen_text_current(case: Case) -> Iterator[Missing]:
    """What was frozen last is what the drafts say now: nothing was saved, begun or withdrawn since."""
    for member in case.concerned:
        if drafts.is_enacted(case.plan, member):
            continue
        frozen = enactment.newest_freeze(member)
        if frozen is None or not enactment.is_current(frozen):
            yield Missing(
                f"frozen_text_current.{member.organisation_id}",
                _("The drafts of %(member)s say something else than what was frozen last. Freeze them again."),
                params={"member": member.organisation.name},
                route="drafts",
            )


def commitments_complete(case: Case) -> Iterator[Missing]:
    """Every commitment says all that is needed, and so does the plan's narrative."""
    for member in case.concerned:
        found = drafts.newest_versions(member)
        if not any(version.draft.kind == "commitment" for version in found):
            yield Missing(
                "commitments_complete.none",
                _("%(member)s has no commitment yet."),
                params={"member": member.organisation.name},
                route="drafts",
            )
        for version in found:
            yield from _gaps(version)


def _gaps(version: DraftVersion) -> Iterator[Missing]:
    draft = version.draft
    for label, part in shape.missing(draft.kind, version.body):
        yield Missing(
            f"commitments_complete.{draft.slug or 'plan'}",
            _("“%(draft)s” lacks: %(field)s (%(part)s).") if part else _("“%(draft)s” lacks: %(field)s."),
            params={"draft": drafts.title_of(version), "field": label, "part": part},
            route="drafts",
        )


def english_complete(case: Case) -> Iterator[Missing]:
    """Whatever the text says in Indonesian it says in English too, in which OGP takes it."""
    for member in case.concerned:
        for name, title, labels in english.gaps_of(member):
            yield Missing(
                f"english_complete.{name}",
                _("“%(draft)s” says this in Indonesian only: %(fields)s. OGP takes English."),
                params={"draft": title, "fields": Together(labels)},
                route="amendments-desk" if drafts.is_enacted(case.plan, member) else "drafts",
            )


@dataclass(frozen=True, slots=True)
class Together:
    """Words one after another, in the language in which the sentence is read."""

    words: tuple[Promise, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.words))


CHECKS: Mapping[str, Check] = {
    "draft_frozen": draft_frozen,
    "frozen_text_current": frozen_text_current,
    "commitments_complete": commitments_complete,
    "english_complete": english_complete,
}

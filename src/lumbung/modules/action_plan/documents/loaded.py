"""A plan taken from public sources as files: what the sources tell, each fact with its source, and nothing else.

Milestones made up to show a page are left out.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.web import formatting
from lumbung.modules.action_plan.documents import pdf, table, word
from lumbung.modules.action_plan.models import Commitment, Institution, Plan
from lumbung.modules.action_plan.queries import loaded_proof, ogp_facts
from lumbung.modules.action_plan.queries.loaded_proof import LoadedProof
from lumbung.modules.action_plan.queries.printed import Line, Part, Words


def docx(plan: Plan, language: str) -> bytes:
    """The plan as a document to edit."""
    return word.document(words_of(plan, language))


def pdf_ua(plan: Plan, language: str) -> bytes:
    """The plan as a tagged PDF."""
    return pdf.document(words_of(plan, language))


def ogp_table(plan: Plan, _language: str = "en") -> bytes:
    """The commitments with the columns of OGP's data set, in English; what no source tells is empty."""
    buffer, found = io.StringIO(), loaded_proof.proof_of(plan)
    writer = csv.DictWriter(buffer, table.HEADS, lineterminator="\r\n")
    writer.writeheader()
    with translation.override("en"):
        whole = table.of_plan(plan)
        for commitment in _commitments(plan):
            row = whole | _row(plan, commitment, found)
            writer.writerow({head: table.safe(str(row.get(head, ""))) for head in table.HEADS})
    return buffer.getvalue().encode()


def _commitments(plan: Plan) -> list[Commitment]:
    known = plan.commitments.select_related("member__organisation", "ambition", "novelty", "plan")
    return list(known.prefetch_related("values", "facts", "institutions__organisation"))


def words_of(plan: Plan, language: str) -> Words:
    """The plan in one language, as its pages tell it."""
    with translation.override(language):
        members = [each.organisation.name for each in plan.members.select_related("organisation")]
        told = (
            Line("summary", _("What the plan is"), plan.summary),
            Line("period", _("Period"), _days(plan.starts_on, plan.ends_on)),
            Line(
                "submitted_on", _("Submitted"), formatting.date_medium(plan.submitted_on) if plan.submitted_on else ""
            ),
            Line("source", _("Source"), plan.source),
            *(Line(*each) for each in ogp_facts.facts_of(plan).lines()),
        )
        found = loaded_proof.proof_of(plan)
        return Words(
            language=language,
            title=plan.title,
            publisher=", ".join(members),
            lines=told,
            parts=tuple(_part(each) for each in _commitments(plan)),
            proof=tuple(_proof(found)),
            address=found.address,
        )


def _proof(found: LoadedProof) -> Iterator[tuple[str, str]]:
    yield _("Fingerprint (SHA-256) of the plan"), found.sha256
    if found.index is not None:
        path = reverse("log:entry", kwargs={"index": found.index})
        yield _("Entry of the public log"), f"#{formatting.number(found.index)} {settings.LUMBUNG_URL}{path}"
    if found.checkpoint_size:
        size = formatting.number(found.checkpoint_size)
        yield _("Checkpoint of the public log"), f"#{size} {found.checkpoint_root}"
    yield _("Check it at"), found.address


def _part(commitment: Commitment) -> Part:
    return Part(
        slug=commitment.pk,
        member=commitment.member.organisation.name,
        number=commitment.number,
        public_id=commitment.public_id,
        title=commitment.short,
        lines=tuple(_lines(commitment)),
        steps=(),
        changes=(),
    )


def _lines(commitment: Commitment) -> Iterator[Line]:
    yield Line("title", _("Title"), _sourced(commitment.title, commitment.title_source))
    yield Line("problem", _("Problem"), _sourced(commitment.problem, commitment.problem_source))
    days = _days(commitment.starts_on, commitment.ends_on)
    yield Line("period", _("Period"), _sourced(days, commitment.dates_source))
    yield Line("institutions", _("Institutions"), "; ".join(_institutions(commitment)))
    values = ", ".join(str(each.label) for each in commitment.values.all())
    yield Line("values", _("OGP values"), values or _missing())
    facts = [_sourced(fact.text, fact.source) for fact in commitment.facts.all()]
    yield Line("facts", _("Baseline and findings"), "\n".join(facts) or _missing())
    ambition = commitment.ambition.label if commitment.ambition else ""
    yield Line("assessment", _("First assessment"), _sourced(ambition, commitment.inception_source))


def _sourced(text: str, source: str) -> str:
    if not text:
        return _missing()
    named = _("Source: %(source)s") % {"source": source}
    return f"{text} ({named})" if source else text


def _missing() -> str:
    return _("Not found in public sources.")


def _days(first: date | None, last: date | None) -> str:
    return f"{formatting.date_medium(first)} – {formatting.date_medium(last)}" if first and last else ""


def _institutions(commitment: Commitment) -> list[str]:
    return [f"{each.organisation.name} ({each.get_role_display()})" for each in commitment.institutions.all()]


def _row(plan: Plan, commitment: Commitment, found: LoadedProof) -> dict[str, object]:
    carrying = list(commitment.institutions.all())
    lead = [each.organisation.name for each in carrying if each.role == Institution.Role.LEAD]
    others = [each.organisation.name for each in carrying if each.role != Institution.Role.LEAD]
    values = {term.key for term in commitment.values.all()}
    said = {head: ("Yes" if key in values else "No") if values else "" for key, head in table.VALUES.items()}
    return {
        "Commitment Unique Identifier": commitment.public_id,
        "Country/Locality": commitment.member.organisation.name,
        "Region": table.REGION,
        "Year Of Submission": plan.submitted_on.year if plan.submitted_on else "",
        "Action Plan Number": plan.pk,
        "Commitment Number": commitment.number,
        "Commitment Title": commitment.title,
        "Short Title": commitment.short,
        "Full Text": commitment.problem,
        "Lead Institution": "; ".join(lead),
        "Supporting Institution(s)": "; ".join(others),
        "URL": commitment.public_url or found.address,
        **said,
        # "Potential Impact" is OGP's word of a scale before 2021: what was coded with another one stands in its own.
        "Ambition At The Start (Scale Of 2021)": commitment.ambition.label if commitment.ambition else "",
        "Plan SHA-256": found.sha256,
        "Checkpoint": found.checkpoint_size or "",
        "Verify At": found.address,
    }

"""The commitments with the columns of OGP's data set. Columns are found by their heads, not by their places.

source: domain action-plan, section 2 (opengovpartnership.org, columns of the data set)
"""

import csv
import io
from typing import Any

from django.utils import translation

from lumbung.core.base import clock
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Commitment, Plan
from lumbung.modules.action_plan.queries import ogp_facts, printed
from lumbung.modules.action_plan.queries.printed import Facts, Part

VALUES = {
    "access_to_information": "OGP Value: Access To Information",
    "civic_participation": "OGP Value: Civic Participation",
    "public_accountability": "OGP Value: Public Accountability",
    "technology": "OGP Value: Technology",
}
PLAN_HEADS = {
    "lead_institutions": "Lead Institutions Of The Plan",
    "endorsed_by": "Endorsed By (Non-Government)",
    "monitors": "Local Monitoring Body",
    "monitor_contact": "Contact Of The Local Monitoring Body",
}
HEADS = (
    "Commitment Unique Identifier",
    "Country/Locality",
    "Region",
    "Year Of Submission",
    "Action Plan Number",
    "Commitment Number",
    "Commitment Title",
    "Short Title",
    "Full Text",
    "Theme",
    "Lead Institution",
    "Supporting Institution(s)",
    "URL",
    *VALUES.values(),
    "Specificity",
    "Potential Impact",
    "Completion (Progress Report)",
    "Did It Open Government (Overall)",
    # Ours: what OGP's form asks of the plan as a whole, the same in every row.
    *PLAN_HEADS.values(),
    # Ours: a coding of a newer scale, which of it has no English yet, and how to check the row.
    "Ambition At The Start (Scale Of 2021)",
    "In Indonesian Only",
    "Plan SHA-256",
    "Checkpoint",
    "Verify At",
)
REGION = "Asia Pacific"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def ogp_table(plan: Plan, facts: Facts) -> bytes:
    """The CSV, in English."""
    words = printed.words_of(plan, facts, "en")
    commitments = Commitment.objects.filter(plan=plan).select_related("member__organisation").in_bulk()
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, HEADS, lineterminator="\r\n")
    writer.writeheader()
    with translation.override("en"):
        whole = of_plan(plan)
        for told, part in zip(facts.record["commitments"], words.parts, strict=True):
            row = whole | _row(plan, facts, told["body"], part, commitments[part.slug])
            writer.writerow({head: safe(str(row.get(head, ""))) for head in HEADS})
    return buffer.getvalue().encode()


def of_plan(plan: Plan) -> dict[str, Any]:
    """What is told of the plan as a whole, by its head."""
    return {PLAN_HEADS[key]: text for key, _label, text in ogp_facts.facts_of(plan).lines()}


def _row(plan: Plan, facts: Facts, body: Any, part: Part, commitment: Commitment) -> dict[str, Any]:
    by_role: dict[str, list[str]] = {"lead": [], "other": []}
    names = next((line.text for line in part.lines if line.key == "institutions"), "").split("; ")
    for each, name in zip(body["institutions"], names, strict=True):
        by_role["lead" if each["role"] == "lead" else "other"].append(name.rsplit(" (", 1)[0])
    # Before the submission there is no other year than the one in which the file is made for it.
    year = (plan.submitted_on or clock.local_day(facts.made_at)).year
    return {
        "Commitment Unique Identifier": part.public_id,
        "Country/Locality": part.member,
        "Region": REGION,
        "Year Of Submission": year,
        "Action Plan Number": plan.pk,
        "Commitment Number": part.number,
        "Commitment Title": shape.words(body, "title", "en"),
        "Short Title": part.title,
        "Full Text": "\n\n".join(f"{line.label}: {line.text}" for line in part.lines),
        "Theme": shape.words(body, "policy_area", "en"),
        "Lead Institution": "; ".join(by_role["lead"]),
        "Supporting Institution(s)": "; ".join(by_role["other"]),
        "URL": commitment.public_url or facts.address,
        **{head: "Yes" if key in body["values"] else "No" for key, head in VALUES.items()},
        "In Indonesian Only": "; ".join(map(str, shape.untranslated("commitment", body))),
        "Plan SHA-256": facts.sha256,
        "Checkpoint": facts.checkpoint_size,
        "Verify At": facts.address,
    }


def safe(cell: str) -> str:
    """A cell as a spreadsheet may open it."""
    # A spreadsheet must not take a title for a formula.
    return f"'{cell}" if cell.startswith(RISKY) else cell

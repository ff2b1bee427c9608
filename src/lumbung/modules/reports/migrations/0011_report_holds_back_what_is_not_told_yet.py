"""What the public goes on knowing of a report until the day it may be told more (ADR 16)."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("submitted", "Awaiting verification"),
    ("needs_more", "Needs more from the reporter"),
    ("verified", "Verified"),
    ("assigned", "Assigned"),
    ("in_progress", "Being worked on"),
    ("planned", "Planned for a later budget"),
    ("finished", "Finished"),
    ("confirmed", "Confirmed by the reporter"),
    ("archived", "Archived"),
    ("handed_out", "Handed over"),
    ("withdrawn", "Withdrawn by the reporter"),
]
AGENCY = models.ForeignKey(
    blank=True,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="organisations.organisation",
)
FIELDS = {
    "held_until": models.DateField(blank=True, null=True),
    "held_state": models.CharField(blank=True, choices=STATES, max_length=12),
    "held_agency": AGENCY,
    "held_reopened_count": models.PositiveSmallIntegerField(default=0),
    "held_finished_at": models.DateTimeField(blank=True, null=True),
    "held_due_on": models.DateField(blank=True, null=True),
    "held_paused_since": models.DateTimeField(blank=True, null=True),
    "held_planned_year": models.PositiveSmallIntegerField(blank=True, null=True),
    "held_planned_document": models.CharField(blank=True, max_length=200),
}


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("reports", "0010_response_keeps_its_salt"),
    ]

    operations = [migrations.AddField("report", name, field) for name, field in FIELDS.items()]

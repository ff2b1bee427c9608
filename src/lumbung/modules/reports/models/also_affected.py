"""Who pressed "this affects me too", as a number that tells nobody who."""

from django.db import models

from lumbung.modules.reports.models.report import Report


class AlsoAffected(models.Model):
    """One press by one browser session. `session_index` is keyed for this report alone: presses cannot be joined."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="also_affected")
    session_index = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "session_index"], name="one_press_a_session_and_report"),
        ]

    def __str__(self) -> str:
        return f"also affected by {self.report_id}"

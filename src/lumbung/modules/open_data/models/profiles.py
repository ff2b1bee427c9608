"""What a large published table holds, column by column, worked out once for all who read its page."""

from django.db import models


class TableProfile(models.Model):
    """Figures about one version; gone with its bytes, worked out anew whenever it is missing."""

    version = models.OneToOneField(
        "datasets.DatasetVersion", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    made_at = models.DateTimeField()
    # As `queries.profiling.measured` gives it.
    told = models.JSONField()

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version_id}"

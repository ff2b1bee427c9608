"""Words of assessment and grouping, as data: scales change from one round of OGP to the next."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models.words import in_language


class Term(models.Model):
    """One value of one scale: "ambition / binding"."""

    class Scale(models.TextChoices):
        OGP_VALUE = "ogp_value", _("OGP value")
        AIM = "aim", _("Aim named by the two governments")
        AMBITION = "ambition", _("Ambition")
        NOVELTY = "novelty", _("Novelty")
        COMPLETION = "completion", _("Completion")
        OPENED = "opened", _("Did it open government?")

    scale = models.CharField(max_length=20, choices=Scale)
    key = models.CharField(max_length=40)
    # Which round of OGP uses it: a new round's scale is added beside the old one, and what was coded keeps its words.
    edition = models.CharField(max_length=20, default="2021")
    valid_from = models.DateField(default=date(2011, 1, 1))
    valid_to = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    label_id = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    # For an aim: the key of the OGP value it belongs to.
    groups_under = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "edition", "key"], name="term_exists_once_in_its_edition")
        ]

    def __str__(self) -> str:
        return f"{self.scale}: {self.key}"

    @property
    def label(self) -> str:
        return in_language(self, "label")

    @property
    def is_of_older_scale(self) -> bool:
        """Whether it belongs to OGP's scale of before 2021."""
        return self.edition == "pre-2021"

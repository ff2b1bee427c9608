"""The tree of regions, with the codes of the interior ministry as text."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, GreaterThan
from django.utils.translation import gettext_lazy as _

from lumbung.core.regions import codes, lookups

KINDS_OF_LEVEL = {
    "province": ["provinsi"],
    "regency": ["kabupaten", "kota"],
    "district": ["kecamatan"],
    "village": ["kelurahan", "desa"],
    "block": ["peliuk"],
}


def _any(conditions: list[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


class Region(models.Model):
    """A province, regency, district, village, or block below a village. Ordered by code, a parent comes first."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency or city")
        DISTRICT = "district", _("District")
        VILLAGE = "village", _("Village or urban ward")
        BLOCK = "block", _("Block (peliuk)")

    class Kind(models.TextChoices):
        PROVINSI = "provinsi", _("Province")
        KABUPATEN = "kabupaten", _("Regency")
        KOTA = "kota", _("City")
        KECAMATAN = "kecamatan", _("District")
        KELURAHAN = "kelurahan", _("Urban ward")
        DESA = "desa", _("Village")
        PELIUK = "peliuk", _("Block")

    code = models.CharField(max_length=20, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=120)
    other_names = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20, choices=Kind)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=_any(
                    [Q(Exact(Length("code"), size), level=level) for level, size in codes.LENGTH_OF_LEVEL.items()]
                ),
                name="region_code_fits_its_level",
            ),
            models.CheckConstraint(
                condition=_any([Q(level=level, kind__in=kinds) for level, kinds in KINDS_OF_LEVEL.items()]),
                name="region_kind_fits_its_level",
            ),
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True) | (~Q(level="province") & Q(parent__isnull=False)),
                name="only_a_province_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True)
                | Q(
                    Exact(Substr("code", 1, Length("parent")), F("parent")),
                    GreaterThan(Length("code"), Length("parent")),
                ),
                name="region_code_begins_with_its_parent",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="region_has_a_name"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="region_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """With its kind in front, as Indonesian writes it in every language: "Desa Seteluk Tengah"."""
        return f"{self.kind.capitalize()} {self.name}"


# Importing the lookup makes it known to every CharField.
__all__ = ["KINDS_OF_LEVEL", "Region", "lookups"]

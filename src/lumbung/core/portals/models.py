"""Portals: the public face of one government."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

RESERVED_WORDS = frozenset(
    {"api", "log", "catatan-publik", "akun", "media", "gaya", "healthz", "en", "id", "static", "admin", "contoh"}
    | {"privasi", "ketentuan", "aksesibilitas", "kalender", "wilayah", "notifikasi", "kelola", "datastore"}
)


class Portal(models.Model):
    """One government's address, name, colours and enabled modules; it shows its region's subtree."""

    slug = models.SlugField(primary_key=True, max_length=20)
    region = models.OneToOneField("regions.Region", on_delete=models.PROTECT, related_name="portal")
    government = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="portals")
    name_id = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    report_service_id = models.CharField(max_length=100)
    report_service_en = models.CharField(max_length=100)
    number_prefix = models.CharField(max_length=8, unique=True)
    accent = models.CharField(max_length=20)
    modules = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_WORDS)), name="portal_slug_is_not_a_reserved_word"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language active now."""
        return self._in_language("name")

    @property
    def report_service(self) -> str:
        """What this government calls its report service ("NTB Care"), in the language active now."""
        return self._in_language("report_service")

    def _in_language(self, field: str) -> str:
        suffix = "en" if (get_language() or "").startswith("en") else "id"
        return str(getattr(self, f"{field}_{suffix}"))

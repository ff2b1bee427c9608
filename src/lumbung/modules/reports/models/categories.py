"""What a report can be about, and the words for its urgency, class and channel."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Urgency(models.TextChoices):
    URGENT = "urgent", _("Urgent")
    IMPORTANT = "important", _("Important")
    ORDINARY = "ordinary", _("Ordinary")


class ReportClass(models.TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    ASPIRATION = "aspiration", _("Aspiration")
    INFORMATION = "information", _("Request for information")


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    COUNTER = "counter", _("Counter visit")
    PHONE = "phone", _("Telephone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL_MEDIA = "social_media", _("Social media")
    FORUM = "forum", _("Service forum")
    KADER = "kader", _("Kader or mutual-aid agent")


class Category(models.Model):
    """What a report is about, and what that brings: class, urgency, duty, and whether it is confidential by force."""

    key = models.SlugField(primary_key=True, max_length=40)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    example_id = models.CharField(max_length=400)
    example_en = models.CharField(max_length=400)
    report_class = models.CharField(max_length=12, choices=ReportClass)
    urgency = models.CharField(max_length=10, choices=Urgency)
    rule_key = models.CharField(max_length=60)
    agency_kind = models.CharField(max_length=30)
    confidential_by_force = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_id

    @property
    def example(self) -> str:
        return self.example_en if (get_language() or "").startswith("en") else self.example_id

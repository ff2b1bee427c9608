"""An invented story for each portal, written by one account of the demonstration and published by another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from lumbung.core.access.viewers import Viewer
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import stories as actions
from lumbung.modules.open_data.models import Story

ViewerOf = Callable[[str], Viewer]
TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class DemoStory:
    """One story: where, who writes, who publishes."""

    portal: str
    organisation: str
    slug: str
    writing: str
    publishing: str
    title: str
    summary: str

    @property
    def body(self) -> str:
        return (TEXTS / f"{self.slug}.md").read_text(encoding="utf-8")


STORIES = (
    DemoStory(
        "ntb",
        "ntb-pupr",
        "jalan-mulus",
        "produsen.ntb",
        "walidata.ntb",
        "Apakah jalan provinsi makin mulus? (cerita contoh)",
        "Panjang jalan provinsi menurut kondisi, 2019–2025, melalui garis, peta, dan tabel. Semua angka karangan.",
    ),
    DemoStory(
        "ksb",
        "ksb-pupr",
        "air-sampai-ke-rumah",
        "produsen.ksb",
        "walidata.ksb",
        "Air minum sampai ke rumah mana saja? (cerita contoh)",
        "Sambungan air minum menurut kecamatan di Sumbawa Barat, 2021–2025. Semua angka karangan.",
    ),
)


def publish(*, viewer_of: ViewerOf, now: datetime) -> None:
    """Write and publish each story that is not there yet."""
    for told in STORIES:
        if not Story.objects.filter(portal_id=told.portal, slug=told.slug).exists():
            with transaction.atomic():
                _publish(told, viewer_of, now)


def _publish(told: DemoStory, viewer_of: ViewerOf, now: datetime) -> None:
    writer = viewer_of(told.writing)
    story = actions.begin_story(
        portal=Portal.objects.get(pk=told.portal),
        organisation=Organisation.objects.get(code=told.organisation),
        slug=told.slug,
        title=told.title,
        by=writer,
        now=now,
    )
    written = actions.save_story(
        story=story, title=told.title, summary=told.summary, body=told.body, seen=story.version, by=writer
    )
    actions.submit_story(story=written, by=writer, now=now)
    actions.publish_story(story=written, seen=written.version, by=viewer_of(told.publishing), now=now)

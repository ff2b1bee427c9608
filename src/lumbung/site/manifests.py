"""Collects what every part declares and hands each piece to the part that owns it."""

import importlib
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from lumbung.core.access import registry as access
from lumbung.core.base.declarations import Manifest
from lumbung.core.datasets import registry as datasets
from lumbung.core.events import registry as events
from lumbung.core.federation import registry as feeds
from lumbung.core.files import registry as files
from lumbung.core.indicators import registry as indicators
from lumbung.core.jobs import registry as jobs
from lumbung.core.log import registry as claims
from lumbung.core.notices import registry as notices
from lumbung.core.portals import registry as portals
from lumbung.core.search import registry as search
from lumbung.core.web import navigation


def all_manifests() -> list[Manifest]:
    """The manifest of each installed part that has one, core first."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("lumbung.")]
    found = [f"{name}.manifest" for name in names if find_spec(f"{name}.manifest")]
    return [importlib.import_module(name).MANIFEST for name in found]


def register_all() -> None:
    """Fill every registry."""
    for manifest in all_manifests():
        register(manifest)


def register(manifest: Manifest) -> None:
    """Hand one manifest's pieces to their registries."""
    pieces: tuple[tuple[Iterable[Any], Callable[[Any], None]], ...] = (
        (manifest.verbs, access.register_verb),
        (manifest.roles, access.register_role),
        (manifest.events, events.register),
        (manifest.reactions, events.register_reaction),
        (manifest.file_purposes, files.register),
        (manifest.jobs, jobs.register),
        (manifest.notices, notices.register),
        (manifest.datasets, datasets.register),
        (manifest.indicators, indicators.register),
        (manifest.search_kinds, search.register),
        (manifest.claims, claims.register),
        (manifest.testimonies, claims.register_testimony),
        (manifest.feeds, feeds.register),
        (manifest.navigation, partial(navigation.register, manifest.name)),
    )
    for declared, take in pieces:
        for piece in declared:
            take(piece)
    if manifest.table_pages is not None:
        datasets.set_pages(manifest.table_pages)
    if manifest.publish_policy is not None:
        datasets.set_publish_policy(manifest.publish_policy)
    events.register_part(manifest.name, manifest.title)
    portals.register_title(manifest.name, manifest.title)

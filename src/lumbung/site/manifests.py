"""Collects what every part declares and hands each piece to the part that owns it."""

import importlib
from importlib.util import find_spec

from django.apps import apps

from lumbung.core.access import registry as access
from lumbung.core.base.declarations import Manifest
from lumbung.core.datasets import registry as datasets
from lumbung.core.events import registry as events
from lumbung.core.files import registry as files
from lumbung.core.indicators import registry as indicators
from lumbung.core.jobs import registry as jobs
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
    for verb in manifest.verbs:
        access.register_verb(verb)
    for role in manifest.roles:
        access.register_role(role)
    for event_type in manifest.events:
        events.register(event_type)
    for reaction in manifest.reactions:
        events.register_reaction(reaction)
    for purpose in manifest.file_purposes:
        files.register(purpose)
    for job_type in manifest.jobs:
        jobs.register(job_type)
    for topic in manifest.notices:
        notices.register(topic)
    for dataset in manifest.datasets:
        datasets.register(dataset)
    for indicator in manifest.indicators:
        indicators.register(indicator)
    portals.register_title(manifest.name, manifest.title)
    for kind in manifest.search_kinds:
        search.register(kind)
    for item in manifest.navigation:
        navigation.register(manifest.name, item)

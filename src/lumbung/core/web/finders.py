"""Serves the chosen files of installed front-end packages as static files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from lumbung.core.web import vendor


class NodeModulesFinder(BaseFinder):
    """Finds the files listed in `vendor.FILES` inside the folder `LUMBUNG_NODE_MODULES`."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = _ChosenFiles(location=settings.LUMBUNG_NODE_MODULES)

    def check(self, **_: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: Any = False, **options: Any) -> Any:  # noqa: FBT002 - Django's signature
        """The file on disk for a static path, as Django asks: one path, or a list when all are wanted."""
        wants_all = find_all or options.get("all", False)
        source = self.storage.sources.get(path)
        found = [str(file)] if source and (file := Path(self.storage.path(path))).exists() else []
        if wants_all or not found:
            return found
        return found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Any:
        """Every chosen file; a missing one stops the collecting with its name."""
        for target in self.storage.sources:
            yield target, self.storage


class _ChosenFiles(FileSystemStorage):
    """A storage that knows each chosen file by its static path."""

    sources: ClassVar[dict[str, str]] = {target: source for source, target in vendor.FILES}

    def path(self, name: str) -> str:
        return super().path(self.sources[name])

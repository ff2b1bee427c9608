"""Addresses of maps: another part of the world, the rows in it, the same for ever, in the pages of others, as files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from lumbung.kernels.geometry import Box
from lumbung.modules.open_data.forms.maps import MapAsked
from lumbung.modules.open_data.models import Dataset


@dataclass(frozen=True, slots=True)
class MapLinks:
    """Addresses of maps of one table. `is_frozen`, `is_embedded`: what kind of page a way nearer or back leads to."""

    request: HttpRequest
    dataset: Dataset
    number: int
    table: tuple[tuple[str, str], ...]
    asked: MapAsked
    is_frozen: bool = False
    is_embedded: bool = False

    def window(self, told: Sequence[tuple[str, str]]) -> str:
        """Another part of the world with the same rows, on the same kind of page."""
        kept = [*self.table, *told, *(("where", each) for each in self.asked.where)]
        return f"{self._page(is_frozen=self.is_frozen, is_embedded=self.is_embedded)}{_query(kept)}#peta"

    def without(self, where: str) -> str:
        """The same map without one filter."""
        kept = [pair for pair in self.told if pair != ("where", where)]
        return f"{self._page(is_frozen=self.is_frozen, is_embedded=self.is_embedded)}{_query(kept)}"

    def rows(self, names: tuple[str, str], box: Box) -> str:
        """The rows of a part of the world, in the table."""
        told = [*self.table, *(("where", each) for each in (*self.asked.where, *_within(names, box)))]
        return f"{self._of('open_data:release', number=self.number)}{_query(told)}#isi-{self._slug}"

    def csv(self, names: tuple[str, str], box: Box | None) -> str:
        """The same rows as a file."""
        where = (*self.asked.where, *(_within(names, box) if box else ()))
        told = [*self.table, ("release", str(self.number)), *(("where", each) for each in where), ("format", "csv")]
        return self._whole(f"{reverse('dataset-rows', kwargs={'dataset_name': self.dataset.name})}{_query(told)}")

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        return (*self.table, *self.asked.told)

    @property
    def here(self) -> str:
        return f"{self._page(is_frozen=False, is_embedded=False)}{_query(self.told)}"

    @property
    def newest(self) -> str:
        return self._whole(self.here)

    @property
    def frozen(self) -> str:
        return self._whole(f"{self._page(is_frozen=True, is_embedded=False)}{_query(self.told)}")

    @property
    def embedded(self) -> str:
        return self._whole(f"{self._page(is_frozen=False, is_embedded=True)}{_query(self.told)}")

    @property
    def embedded_frozen(self) -> str:
        return self._whole(f"{self._page(is_frozen=True, is_embedded=True)}{_query(self.told)}")

    @property
    def svg(self) -> str:
        return f"{self._of('open_data:map-svg', number=self.number)}{_query(self.told)}"

    @property
    def release(self) -> str:
        return self._whole(self._of("open_data:release", number=self.number))

    @property
    def _slug(self) -> str:
        return self.table[0][1] if self.table else "data"

    def _page(self, *, is_frozen: bool, is_embedded: bool) -> str:
        if is_embedded:
            name, key, number = "open-data-embedded-map", "dataset_key", "release_number"
        else:
            name, key, number = "open_data:map", "key", "number"
        place = {"portal_slug": self.dataset.portal_id, key: self.dataset.key}
        if not is_frozen:
            return reverse(name, kwargs=place)
        name = "open-data-embedded-release-map" if is_embedded else "open_data:release-map"
        return reverse(name, kwargs={**place, number: self.number})

    def _of(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"portal_slug": self.dataset.portal_id, "key": self.dataset.key, **more})

    def _whole(self, address: str) -> str:
        return str(self.request.build_absolute_uri(address))


def _query(told: Sequence[tuple[str, str]]) -> str:
    return f"?{urlencode(told)}" if told else ""


def _within(names: tuple[str, str], box: Box) -> Iterator[str]:
    """Conditions for the rows of a part of the world."""
    latitude, longitude = names
    if box.west == box.east and box.south == box.north:
        yield from (f"{latitude}:eq:{box.south}", f"{longitude}:eq:{box.west}")
        return
    yield from (f"{latitude}:gte:{box.south}", f"{latitude}:lte:{box.north}")
    yield from (f"{longitude}:gte:{box.west}", f"{longitude}:lte:{box.east}")

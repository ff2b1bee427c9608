"""What a catalogue publishes about itself: each of its datasets, and each release day its data lists planned."""

from lumbung.modules.open_data.datasets.catalogue import CATALOGUE_PUBLIC
from lumbung.modules.open_data.datasets.planned import DATA_LIST_PUBLIC

DATASETS = (CATALOGUE_PUBLIC, DATA_LIST_PUBLIC)

__all__ = ["DATASETS"]

"""What a catalogue publishes by itself: its datasets, its release days, and the master data all tables share."""

from lumbung.modules.open_data.datasets.catalogue import CATALOGUE_PUBLIC
from lumbung.modules.open_data.datasets.master import AGENCIES_PUBLIC, REGIONS_PUBLIC
from lumbung.modules.open_data.datasets.planned import DATA_LIST_PUBLIC

DATASETS = (CATALOGUE_PUBLIC, DATA_LIST_PUBLIC, REGIONS_PUBLIC, AGENCIES_PUBLIC)

__all__ = ["DATASETS"]

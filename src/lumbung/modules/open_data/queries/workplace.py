"""Where the files of drafts lie: a folder for each table, beside the published versions, on the same file system."""

import uuid
from pathlib import Path

from django.conf import settings

DRAFTS = ".drafts"


def folder_of(table_id: uuid.UUID) -> Path:
    """The folder of one table of a draft."""
    return Path(settings.LUMBUNG_DATASETS) / DRAFTS / str(table_id)


def source_of(table_id: uuid.UUID) -> Path:
    """The file as it was brought."""
    return folder_of(table_id) / "source"


def plain_of(table_id: uuid.UUID) -> Path:
    """What reading it gave."""
    return folder_of(table_id) / "plain.csv"


def checked_of(table_id: uuid.UUID) -> tuple[Path, Path]:
    """CSV and Parquet, once it was checked without errors."""
    return folder_of(table_id) / "table.csv", folder_of(table_id) / "table.parquet"


def tables_with_files() -> list[uuid.UUID]:
    """Tables that have a folder; those of closed drafts may go."""
    root = Path(settings.LUMBUNG_DATASETS) / DRAFTS
    return [uuid.UUID(folder.name) for folder in root.glob("*") if folder.is_dir()]

"""Files of drafts that are needed no more."""

import shutil
import uuid

from lumbung.modules.open_data.models import DraftTable
from lumbung.modules.open_data.queries import workplace
from lumbung.modules.open_data.states import CLOSED


def clear(*table_ids: uuid.UUID) -> None:
    """Remove everything that lies there for these tables."""
    for table_id in table_ids:
        shutil.rmtree(workplace.folder_of(table_id), ignore_errors=True)


def sweep() -> int:
    """Remove the files of drafts that are closed and of tables that are gone; returns how many tables."""
    found = workplace.tables_with_files()
    needed = set(DraftTable.objects.filter(pk__in=found).exclude(draft__state__in=CLOSED).values_list("pk", flat=True))
    gone = [table_id for table_id in found if table_id not in needed]
    clear(*gone)
    return len(gone)

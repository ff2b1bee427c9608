"""The script people download: the formula's one file, the reader of CSV, and one line that runs it."""

import inspect

from lumbung.core.base.declarations import Indicator
from lumbung.core.indicators import recompute, registry

HEAD = """\
# {title}
# Indikator / indicator: {key}, versi / version {version}
# Sidik digital definisi / definition SHA-256: {definition}
# Data: unduh CSV dari / download the CSV of: {dataset}
# Pakai / use:  python3 {name} data.csv            semua baris / all rows
#               python3 {name} data.csv 2026-03    satu bulan / one month
# Hanya butuh Python 3.10 atau lebih baru. / Needs Python 3.10 or newer, nothing else.

"""
TAIL = """

if __name__ == "__main__":
    run({function}, {parameters!r}, {period_column!r}, sys.argv[1:])
"""


def script_name(indicator: Indicator) -> str:
    """reports.on_time_share → reports_on_time_share.py"""
    return f"{indicator.key.replace('.', '_')}.py"


def script_of(indicator: Indicator) -> str:
    """A complete Python file that needs nothing but the standard library."""
    head = HEAD.format(
        title=indicator.key,
        key=indicator.key,
        version=indicator.version,
        definition=registry.definition_sha256(indicator),
        dataset=indicator.dataset_key,
        name=script_name(indicator),
    )
    tail = TAIL.format(
        function=indicator.function.__name__,
        parameters=dict(indicator.parameters),
        period_column=indicator.period_column,
    )
    return f"{head}{registry.kernel_source(indicator)}\n\n{inspect.getsource(recompute)}{tail}"

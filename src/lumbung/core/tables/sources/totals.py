"""Rows that add up or average others: by what they are called, or because their numbers are the sum of others."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lumbung.core.tables.shapes import Why
from lumbung.core.tables.sources import cells
from lumbung.core.tables.sources.scanning import Numbered

OF_A_PLACE = r"(?:\s*[/:(].*|\s+(?:provinsi|kabupaten|kab\.?|kota|kecamatan|kec\.?|desa|kelurahan|wilayah)\b.*)?\s*:?\Z"
TOTAL = re.compile(
    r"(?:sub|grand)?[\s-]*(?:jumlah|total)(?:[\s-]*(?:total|jumlah|seluruh(?:nya)?|keseluruhan|semua))?" + OF_A_PLACE,
    re.IGNORECASE | re.DOTALL,
)
AVERAGE = re.compile(r"(?:nilai\s+)?(?:rata[\s-]*rata|rerata|average|mean)" + OF_A_PLACE, re.IGNORECASE | re.DOTALL)
LEADING = 3
# Between other rows a sum of two may be chance; at the end of a table it hardly is.
LEAST_ROWS, LEAST_AT_END = 3, 2
# Small numbers add up by chance: the sums that agree must have this many digits together.
LEAST_DIGITS = 3.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A row whose numbers are the sum of others, and in how many of its columns of numbers."""

    row: int
    told: Sequence[str]
    first: int
    last: int
    matched: int
    columns: int


def why_by_name(told: Sequence[str]) -> Why | None:
    """Named so in one of the first columns, with a number after it."""
    for place in cells.filled(told[:LEADING]):
        why = _named(told[place].strip())
        if why:
            return why if any(cells.is_number(cell) for cell in told[place + 1 :]) else None
    return None


def _named(word: str) -> Why | None:
    if TOTAL.match(word):
        return "total"
    return "average" if AVERAGE.match(word) else None


def sums(rows: Sequence[Numbered], labels: Sequence[str]) -> list[Sum]:
    """Rows that are the sum of those above since the last such row, or of all above; the first, of all below."""
    columns = [place for place in range(len(labels)) if not cells.names_a_code(labels[place])]
    numbers = [_numbers(told, columns) for _row, told in rows]
    found: list[Sum] = []
    if len(rows) > LEAST_AT_END:
        rest = Block.of(numbers[1:])
        if of_all := _sum_of(rows[0], numbers[0], rest, rows[1][0], rows[-1][0]):
            found.append(of_all)
    start = len(found)
    block, whole, since = Block(), Block(), start
    for place in range(start, len(rows)):
        least = LEAST_AT_END if place == len(rows) - 1 else LEAST_ROWS
        above = [(block, since), (whole, start)] if whole.rows > block.rows else [(block, since)]
        tried = (
            _sum_of(rows[place], numbers[place], each, rows[n][0], rows[place - 1][0])
            for each, n in above
            if each.rows >= least
        )
        if one := next(filter(None, tried), None):
            found.append(one)
            block, since = Block(), place + 1
        else:
            block.take(numbers[place])
            whole.take(numbers[place])
    return found


# By column and manner of writing (the sign before the decimals): the value, and how many decimals it has.
Numbers = dict[tuple[int, str], tuple[float, int]]


@dataclass
class Block:
    """Rows added up: by column and manner of writing the sum, and how many of its cells are not zero."""

    rows: int = 0
    sums: dict[tuple[int, str], float] = field(default_factory=dict)
    terms: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Numbers]) -> "Block":
        """All of them added up."""
        block = cls()
        for numbers in rows:
            block.take(numbers)
        return block

    def take(self, numbers: Numbers) -> None:
        """One row more."""
        self.rows += 1
        for key, (value, _decimals) in numbers.items():
            self.sums[key] = self.sums.get(key, 0.0) + value
            self.terms[key] = self.terms.get(key, 0) + bool(value)


def _numbers(told: Sequence[str], columns: Iterable[int]) -> Numbers:
    found: Numbers = {}
    for place in columns:
        cell = cells.at(told, place).strip().rstrip("%").replace("\u00a0", "").replace(" ", "")
        if not cell or cells.is_year(cell) or not cells.is_number(cell) or cell.startswith("("):
            continue
        for decimal, group in ((",", "."), (".", ",")):
            whole, _sign, rest = cell.replace(group, "").partition(decimal)
            if rest.isdigit() or not rest:
                found[place, decimal] = (float(f"{whole}.{rest or 0}"), len(rest))
    return found


def _sum_of(row: Numbered, numbers: Numbers, block: Block, first: int, last: int) -> Sum | None:
    columns = {place for place, _decimal in numbers}
    matched = {key[0]: numbers[key][0] for key in numbers if _adds_up(numbers[key], key, block)}
    digits = sum(math.log10(max(1.0, abs(value))) for value in matched.values())
    if len(matched) * 2 <= len(columns) or digits < LEAST_DIGITS:
        return None
    return Sum(*row, min(first, last), last, len(matched), len(columns))


def _adds_up(number: tuple[float, int], key: tuple[int, str], block: Block) -> bool:
    value, decimals = number
    if block.terms.get(key, 0) < 2 or not math.isfinite(value):
        return False
    # Each printed value is rounded: the errors of n of them come to about the square root of n.
    rounded = math.sqrt(block.rows) * 10**-decimals if decimals else 0.0
    return math.isclose(value, block.sums[key], rel_tol=1e-9, abs_tol=rounded)

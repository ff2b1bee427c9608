"""Numbers that do not tell their order.

A report's number is public. Given one after the other, numbers tell when each came: 123 between 122 and 124, both of
Thursday, came on Thursday, even where the page says no more than the week. Here the numbers of a block are given out
in an order that only the holder of the key knows. Standard library only.
"""

import hashlib
import hmac
from functools import lru_cache

# At a hundred reports a day a block of 1,000 spans ten days: more than the week the public may know.
BLOCK = 1000


def scattered(count: int, *, key: bytes, scope: str) -> int:
    """The number of the count-th thing of a scope.

    count     1, 2, 3, … in order of arrival
    key       secret bytes; who does not hold it learns no more than the block of 1,000
    scope     what is numbered on its own: "ntb:2026"
    returns   an integer from 1; each count has its own, and the first n × 1,000 counts fill exactly 1 … n × 1,000
    raises    ValueError when count is below 1
    """
    if count < 1:
        raise ValueError(f"count is {count}; expected 1 or more")
    block, place = divmod(count - 1, BLOCK)
    return block * BLOCK + _order(key, f"{scope}:{block}")[place] + 1


@lru_cache(maxsize=8)
def _order(key: bytes, block: str) -> tuple[int, ...]:
    def secret_place(index: int) -> bytes:
        return hmac.new(key, f"{block}:{index}".encode(), hashlib.sha256).digest()

    return tuple(sorted(range(BLOCK), key=secret_place))

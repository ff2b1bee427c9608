"""How far chance alone may have moved a share: the Wilson score interval, 95%.

A month with twelve reports jumps up and down whatever an office does. The band around its line says how much of that is
chance.
"""

from dataclasses import dataclass
from math import sqrt

# 97.5th percentile of the standard normal distribution.
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """Lowest and highest share that agree with what was counted."""

    low: float
    high: float


def wilson_interval(kept: int, counted: int) -> Interval:
    """The 95% interval of the share kept / counted.

    kept      0 to counted
    counted   1 or more
    raises    ValueError when there is nothing counted, or kept lies outside
    source    R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3
    """
    if counted < 1 or not 0 <= kept <= counted:
        raise ValueError(f"{kept} of {counted}; expected 0 <= kept <= counted and counted >= 1")
    share = kept / counted
    middle = share + Z_95**2 / (2 * counted)
    reach = Z_95 * sqrt(share * (1 - share) / counted + Z_95**2 / (4 * counted**2))
    whole = 1 + Z_95**2 / counted
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))

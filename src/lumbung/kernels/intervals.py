"""How far chance alone may have moved a share, 95%: the Wilson score interval, and the band around a survival curve.

A month with twelve reports jumps up and down whatever an office does. The band around its line says how much of that is
chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

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


def survival_band(steps: Iterable[tuple[int, int]]) -> list[Interval | None]:
    """The pointwise 95% band of a Kaplan-Meier curve: Greenwood's variance on the log(-log) scale, so it stays in 0-1.

    steps     (at risk, ended) of each step, in order of duration
    returns   one interval a step; None where the curve is still at 1 or already at 0, and has no variance
    raises    ValueError when more ended than were at risk, or nothing was
    source    J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data (1980), section 1.3
    """
    still_open, spread, band = 1.0, 0.0, []
    for at_risk, ended in steps:
        if at_risk < 1 or not 0 <= ended <= at_risk:
            raise ValueError(f"{ended} ended of {at_risk} at risk; expected 0 <= ended <= at risk and at risk >= 1")
        still_open *= (at_risk - ended) / at_risk
        spread += ended / (at_risk * (at_risk - ended)) if ended < at_risk else 0.0
        band.append(_around(still_open, spread) if 0 < still_open < 1 else None)
    return band


def _around(still_open: float, spread: float) -> Interval:
    reach = exp(Z_95 * sqrt(spread) / -log(still_open))
    return Interval(still_open**reach, still_open ** (1 / reach))

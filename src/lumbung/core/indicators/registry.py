"""Which figures exist, and the fingerprint of each definition."""

import hashlib
import inspect
from typing import Any

import rfc8785

from lumbung.core.base.declarations import Indicator

_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> None:
    """Add an indicator; a key belongs to one declaration."""
    known = _indicators.get(indicator.key)
    if known is not None and known is not indicator:
        raise ValueError(f"indicator {indicator.key!r} is registered twice (indicators.key)")
    _indicators[indicator.key] = indicator


def get(key: str) -> Indicator:
    """The indicator of that key."""
    if key not in _indicators:
        raise LookupError(f"indicator {key!r} is unknown; registered: {sorted(_indicators)}")
    return _indicators[key]


def is_registered(key: str) -> bool:
    """Whether an indicator of that key is declared."""
    return key in _indicators


def all_indicators() -> list[Indicator]:
    """Every indicator, by key."""
    return [_indicators[key] for key in sorted(_indicators)]


def of_dataset(dataset_key: str) -> list[Indicator]:
    """Those computed from one table."""
    return [indicator for indicator in all_indicators() if indicator.dataset_key == dataset_key]


def kernel_source(indicator: Indicator) -> str:
    """The whole file the formula stands in."""
    module = inspect.getmodule(indicator.function)
    if module is None:
        raise LookupError(f"indicator {indicator.key!r}: its function belongs to no file (Indicator.function)")
    return inspect.getsource(module)


def definition_sha256(indicator: Indicator) -> str:
    """A fingerprint of everything that decides the figure, the code of the formula included."""
    decided_by: dict[str, Any] = {
        "key": indicator.key,
        "version": indicator.version,
        "unit": indicator.unit,
        "dataset": indicator.dataset_key,
        "function": indicator.function.__qualname__,
        "period_column": indicator.period_column,
        "parameters": {name: str(value) for name, value in indicator.parameters.items()},
        "kernel": hashlib.sha256(kernel_source(indicator).encode()).hexdigest(),
    }
    return hashlib.sha256(rfc8785.dumps(decided_by)).hexdigest()

"""Words nobody types that stand in the index beside the words of a text: of which kind a thing is, whose, and where.

With them one question to the full-text index answers "datasets of this portal about roads". Pure.
"""

from lumbung.core.regions import codes


def of_kind(kind: str) -> str:
    """A thing of that kind."""
    return f"zk{_plain(kind)}"


def of_portal(slug: str) -> str:
    """A thing shown by that portal."""
    return f"zp{_plain(slug)}"


def of_place(code: str) -> str:
    """A thing about exactly that region."""
    return f"zw{_plain(code)}"


def under_place(code: str) -> str:
    """A thing about a region inside that one."""
    return f"zu{_plain(code)}"


def all_of_place(code: str) -> list[str]:
    """What stands in the row of a thing about a region."""
    return [of_place(code), *(under_place(above) for above in above_of(code))] if code else []


def above_of(code: str) -> list[str]:
    """Codes of the regions a region lies in, the nearest first."""
    parts = code.split(".")
    found = [".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    return [above for above in found if codes.is_code(above)]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())

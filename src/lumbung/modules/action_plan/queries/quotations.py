"""Finding a quotation in the frozen text it was taken from."""

from lumbung.kernels import anchoring
from lumbung.kernels.anchoring import Anchor
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import DraftVersion

LONGEST = 1_000


def place_in(version: DraftVersion, field: str, quote: str) -> Anchor | None:
    """Where quoted words stand in the Indonesian text of a field, with what stands around them."""
    known = {each.key for each in shape.anchored_fields(version.draft.kind)}
    text = shape.anchored_text(version.body, field) if field in known and len(quote) <= LONGEST else ""
    return anchoring.locate(text, quote)


def fields_with_text(version: DraftVersion) -> list[tuple[str, str, str]]:
    """Key, label and Indonesian words of each part of a version that can be quoted, empty ones left out."""
    fields = shape.anchored_fields(version.draft.kind)
    told = [(field.key, str(field.label), shape.anchored_text(version.body, field.key)) for field in fields]
    return [each for each in told if each[2]]


def field_holding(version: DraftVersion, quote: str) -> str:
    """The first text of a version in which a quotation stands; "" for none."""
    return next((key for key, _label, _text in fields_with_text(version) if place_in(version, key, quote)), "")

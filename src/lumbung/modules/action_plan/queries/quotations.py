"""Finding a quotation in the frozen text it was taken from."""

from lumbung.kernels import anchoring
from lumbung.kernels.anchoring import Anchor
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import DraftVersion

LONGEST = 1_000


def place_in(version: DraftVersion, field: str, quote: str) -> Anchor | None:
    """Where quoted words stand in the Indonesian text of a field, with what stands around them."""
    return anchoring.locate(shape.words(version.body, field), quote) if len(quote) <= LONGEST else None


def fields_with_text(version: DraftVersion) -> list[tuple[str, str, str]]:
    """Key, label and Indonesian words of each text of a version, empty ones left out."""
    fields = shape.fields_of(version.draft.kind)
    told = [(field.key, str(field.label), shape.words(version.body, field.key)) for field in fields if field.is_text]
    return [each for each in told if each[2]]


def field_holding(version: DraftVersion, quote: str) -> str:
    """The first text of a version in which a quotation stands; "" for none."""
    return next((key for key, _label, _text in fields_with_text(version) if place_in(version, key, quote)), "")

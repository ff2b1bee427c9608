"""The sentences of proposals: what speaks for a type, what against, and the questions only a person can answer."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.shapes import Note

NOTES: Mapping[str, Promise] = {
    # What speaks for it
    "declared": _("Declared by the file: %(type)s."),
    "declared-rules": _("Rules declared by the file: %(rules)s."),
    "empty": _("No cell of this column holds anything."),
    "telephone": _("%(count)s of %(filled)s cells look like telephone numbers. They stay text."),
    "sixteen-digits": _("%(count)s of %(filled)s cells have sixteen digits, like a NIK. They stay text."),
    "long-digits": _("%(count)s of %(filled)s cells have more digits than a number can keep. They stay text."),
    "leading-zeros": _("%(count)s of %(filled)s cells begin with a zero, which a number would lose. They are codes."),
    "mixed-codes": _("%(count)s of %(filled)s cells mix digits with letters or strokes. They are codes."),
    "code-by-name": _("The name %(name)s says that these are codes."),
    "region-codes": _("%(count)s of %(filled)s cells are region codes."),
    "two-and-two": _("%(count)s of %(filled)s cells are two digits, a dot and two digits."),
    "number-by-name": _("The name %(name)s says that these are numbers."),
    "years": _("%(count)s of %(filled)s cells are years between 1900 and 2099."),
    "year-by-name": _("The name %(name)s says that these are years."),
    "whole-numbers": _("%(count)s of %(filled)s cells are whole numbers."),
    "whole-thousands": _("%(count)s of %(filled)s cells are whole numbers with “%(sign)s” between their thousands."),
    "threes": _("%(count)s of %(filled)s cells have exactly three digits behind “%(sign)s”."),
    "decimal-comma": _("%(count)s of %(filled)s cells have decimals behind a comma, or thousands behind dots."),
    "decimal-point": _("%(count)s of %(filled)s cells have decimals behind a dot, or thousands behind commas."),
    "iso-dates": _("%(count)s of %(filled)s cells are dates like 2024-12-31."),
    "iso-datetimes": _("%(count)s of %(filled)s cells are a date with its time."),
    "year-months": _("%(count)s of %(filled)s cells are months like 2024-12."),
    "dates-by-day": _("In %(count)s of %(filled)s cells the first number is above 12, so it is the day (%(format)s)."),
    "dates-by-month": _(
        "In %(count)s of %(filled)s cells the second number is above 12, so it is the day (%(format)s)."
    ),
    "dates-ambiguous": _("%(count)s of %(filled)s cells are dates, and none has a number above 12 for the day."),
    "truths": _("%(count)s of %(filled)s cells are yes or no."),
    "texts": _("%(count)s of %(filled)s cells are texts."),
    "few-values": _("Only %(count)s different texts stand in %(filled)s cells: perhaps a code list."),
    "marks": _("%(count)s cells hold a mark for “no value”: %(marks)s."),
    "marks-in-text": _("%(count)s cells hold %(marks)s. In a column of text they stay as they are written."),
    # What speaks against it
    "declared-not-kept": _("The file declares the type %(type)s with rules that cannot be kept here; see the cells."),
    "like-region": _("The cells could also be codes of regencies, like 52.10."),
    "two-ways-of-numbers": _("%(dots)s cells write decimals with a comma, %(commas)s with a dot."),
    "threes-follow": _(
        "Cells like 1%(sign)s234 are read as thousands, because other cells show how decimals are written."
    ),
    "dates-contradict": _("In %(days)s cells the day stands first, in %(months)s the month."),
    "nearly": _("%(count)s of %(filled)s cells differ from all others."),
    "cell": _("Row %(row)s: “%(value)s”."),
    # What only a person knows
    "empty-column": _("The column is empty. Leave it out, or say what belongs in it?"),
    "region-or-number": _("Is 52.10 the code of a regency, or a number with decimals?"),
    "year-or-number": _("Are these years, or numbers that happen to look like years?"),
    "thousands-or-decimals": _("Is 1%(sign)s234 more than a thousand, or one and a fraction?"),
    "day-or-month": _("Does 03/04/2024 mean 3 April or 4 March?"),
}


def sentence(note: Note) -> str:
    """A reason or a question in the language active now."""
    return str(NOTES[note.code]) % note.params if note.params else str(NOTES[note.code])

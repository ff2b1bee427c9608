"""From facts to a proposed type, with what speaks for it, what against, and what only a person can know. Pure.

The order is the rule: a code is text before it is a number, and what can be read in two ways stays text and is asked.
"""

import re
from dataclasses import dataclass, replace

from lumbung.core.tables.proposals.classes import Facts
from lumbung.core.tables.schemas import REGION_CODE, SchemaField, Words
from lumbung.core.tables.shapes import Note

CODE_WORDS = frozenset(
    {
        "kode",
        "kd",
        "id",
        "nik",
        "nip",
        "npsn",
        "npwp",
        "nisn",
        "nop",
        "nomor",
        "no",
        "rekening",
        "kodepos",
        "code",
        "kk",
    }
    | {"rt", "rw", "ktp", "bpjs", "nib"}
)
REGION_WORDS = frozenset(
    {"wilayah", "kab", "kabupaten", "kota", "kec", "kecamatan", "desa", "kelurahan", "prov", "provinsi"}
)
YEAR_WORDS = frozenset({"tahun", "thn", "year", "ta"})
NUMBER_WORDS = frozenset(
    {"persen", "persentase", "rata", "nilai", "indeks", "luas", "skor", "harga", "rasio", "jumlah", "panjang", "berat"}
)
DATE_FORMATS = {"slash": "/", "dash": "-", "dot": "."}
WHOLE = ("digits", "year", "signed")
DOTTED = ("dot_decimal", "two_and_two")
DOT_GROUPS = ("dot_groups", "dot_thousands")
COMMA_GROUPS = ("comma_groups", "comma_thousands")


@dataclass(frozen=True, slots=True)
class Decision:
    """A column as it might be, and why.

    odd  classes of cells that speak against the nearest other type, for showing the first of them
    """

    field: SchemaField
    evidence: tuple[Note, ...] = ()
    against: tuple[Note, ...] = ()
    questions: tuple[Note, ...] = ()
    odd: tuple[str, ...] = ()


def words_of(name: str) -> frozenset[str]:
    """The words of a column's name."""
    return frozenset(re.split(r"[_\d]+", name)) - {""}


def decide(facts: Facts) -> Decision:
    """The proposal for one column."""
    bare = SchemaField(facts.name, title=Words(id=facts.label))
    if not facts.filled:
        return Decision(bare, evidence=(Note("empty"),), questions=(Note("empty-column"),))
    for rule in (_code, _year, _whole, _moment, _thousands, _number, _truth):
        decision = rule(bare, facts)
        if decision:
            return decision
    return _text(bare, facts)


def _count(facts: Facts, *classes: str) -> dict[str, int]:
    return {"count": facts.of(*classes), "filled": facts.filled}


def _code(bare: SchemaField, facts: Facts) -> Decision | None:
    """What must stay text whatever its digits look like."""
    if facts.only("region") or (facts.of("region") and facts.only("region", "two_and_two", "digits")):
        return _region(bare, facts)
    if facts.only("two_and_two"):
        return _two_and_two(bare, facts)
    for kind, code in (
        ("phone", "telephone"),
        ("sixteen", "sixteen-digits"),
        ("long", "long-digits"),
        ("zeros", "leading-zeros"),
    ):
        if facts.of(kind) and facts.only("zeros", "digits", "year", "phone", "sixteen", "long", "code"):
            return Decision(bare, evidence=(Note(code, _count(facts, kind)),))
    if facts.of("code") and facts.of(*WHOLE) and facts.only("code", "zeros", *WHOLE):
        return Decision(bare, evidence=(Note("mixed-codes", _count(facts, "code")),), odd=("code",))
    if facts.only(*WHOLE) and words_of(facts.name) & CODE_WORDS:
        return Decision(bare, evidence=(Note("code-by-name", {"name": facts.name}),))
    return None


def _region(bare: SchemaField, facts: Facts) -> Decision:
    evidence = Note("region-codes", _count(facts, "region", "two_and_two", "digits"))
    return Decision(replace(bare, rdf_type=REGION_CODE), evidence=(evidence,))


def _two_and_two(bare: SchemaField, facts: Facts) -> Decision:
    """52.10: a regency, or fifty-two and a tenth. The name of the column may tell; else a person has to."""
    words = words_of(facts.name)
    evidence = Note("two-and-two", _count(facts, "two_and_two"))
    if words & (CODE_WORDS | REGION_WORDS) and not words & NUMBER_WORDS:
        return Decision(
            replace(bare, rdf_type=REGION_CODE), evidence=(evidence, Note("code-by-name", {"name": facts.name}))
        )
    if words & NUMBER_WORDS:
        number = replace(bare, type="number")
        return Decision(
            number, evidence=(evidence, Note("number-by-name", {"name": facts.name})), against=(Note("like-region"),)
        )
    return Decision(bare, evidence=(evidence,), questions=(Note("region-or-number"),))


def _year(bare: SchemaField, facts: Facts) -> Decision | None:
    if not facts.only("year"):
        return None
    evidence = Note("years", _count(facts, "year"))
    if words_of(facts.name) & YEAR_WORDS:
        return Decision(replace(bare, type="year"), evidence=(evidence, Note("year-by-name", {"name": facts.name})))
    return Decision(replace(bare, type="integer"), evidence=(evidence,), questions=(Note("year-or-number"),))


def _whole(bare: SchemaField, facts: Facts) -> Decision | None:
    if not facts.only(*WHOLE):
        return None
    return Decision(replace(bare, type="integer"), evidence=(Note("whole-numbers", _count(facts, *WHOLE)),))


def _thousands(bare: SchemaField, facts: Facts) -> Decision | None:
    """No sign stands before decimals twice: in 1.234.567 it parts thousands, and so it does in 1.234 beside it."""
    for sign, thousands, three in ((".", "dot_thousands", "dot_three"), (",", "comma_thousands", "comma_three")):
        if facts.of(thousands) and facts.only(thousands, three, *WHOLE):
            if words_of(facts.name) & CODE_WORDS:
                return Decision(bare, evidence=(Note("code-by-name", {"name": facts.name}),))
            shown = Note("whole-thousands", {"sign": sign, **_count(facts, thousands, three)})
            return Decision(replace(bare, type="integer", group_char=sign), evidence=(shown,))
    return None


def _number(bare: SchemaField, facts: Facts) -> Decision | None:
    """Decimals whose signs are certain; 1.234 alone may be a thousand or one and a quarter."""
    dots = facts.of(*DOT_GROUPS, "comma_decimal")
    commas = facts.of(*COMMA_GROUPS, *DOTTED)
    if facts.only("comma_decimal", *DOT_GROUPS, "dot_three", "comma_three", *WHOLE) and dots:
        return _indonesian(bare, facts)
    if facts.only(*COMMA_GROUPS, "comma_three", "dot_three", *DOTTED, "exponent", *WHOLE) and commas:
        return _international(bare, facts)
    if facts.only("dot_three", *WHOLE) or facts.only("comma_three", *WHOLE):
        sign = "." if facts.of("dot_three") else ","
        evidence = Note("threes", {"sign": sign, **_count(facts, "dot_three", "comma_three")})
        asked = Note("thousands-or-decimals", {"sign": sign})
        return Decision(bare, evidence=(evidence,), questions=(asked,), odd=("dot_three", "comma_three"))
    if dots and commas:
        against = Note("two-ways-of-numbers", {"dots": dots, "commas": commas})
        odd = (*DOTTED, *COMMA_GROUPS) if commas < dots else (*DOT_GROUPS, "comma_decimal")
        return Decision(bare, against=(against,), odd=odd)
    return None


def _indonesian(bare: SchemaField, facts: Facts) -> Decision | None:
    # 1,234 beside 12,5 is a decimal; beside 1.234.567 too. Dots group, wherever they stand.
    grouped = bool(facts.of(*DOT_GROUPS, "dot_three"))
    column = replace(bare, type="number", decimal_char=",", group_char="." if grouped else "")
    shown = Note("decimal-comma", _count(facts, "comma_decimal", *DOT_GROUPS, "dot_three", "comma_three"))
    doubt = (Note("threes-follow", {"sign": "."}),) if facts.of("dot_three") and not facts.of(*DOT_GROUPS) else ()
    return Decision(column, evidence=(shown,), against=doubt)


def _international(bare: SchemaField, facts: Facts) -> Decision | None:
    grouped = bool(facts.of(*COMMA_GROUPS, "comma_three"))
    column = replace(bare, type="number", group_char="," if grouped else "")
    shown = Note("decimal-point", _count(facts, *DOTTED, *COMMA_GROUPS, "dot_three", "comma_three"))
    doubt = (Note("threes-follow", {"sign": ","}),) if facts.of("comma_three") and not facts.of(*COMMA_GROUPS) else ()
    return Decision(column, evidence=(shown,), against=doubt)


def _moment(bare: SchemaField, facts: Facts) -> Decision | None:
    if facts.only("iso_date"):
        return Decision(replace(bare, type="date"), evidence=(Note("iso-dates", _count(facts, "iso_date")),))
    if facts.only("iso_datetime"):
        return Decision(
            replace(bare, type="datetime"), evidence=(Note("iso-datetimes", _count(facts, "iso_datetime")),)
        )
    if facts.only("year_month"):
        return Decision(replace(bare, type="yearmonth"), evidence=(Note("year-months", _count(facts, "year_month")),))
    for word, sign in DATE_FORMATS.items():
        first, second, either = (f"{kind}:{word}" for kind in ("day_first", "month_first", "day_or_month"))
        if facts.only(first, second, either):
            return _written_date(bare, facts, sign, (first, second, either))
    return None


def _written_date(bare: SchemaField, facts: Facts, sign: str, kinds: tuple[str, str, str]) -> Decision:
    first, second, either = kinds
    days, months = facts.of(first), facts.of(second)
    if days and months:
        against = Note("dates-contradict", {"days": days, "months": months})
        return Decision(
            bare,
            against=(against,),
            odd=(second if months < days else first,),
        )
    if not days and not months:
        evidence = Note("dates-ambiguous", _count(facts, either))
        return Decision(bare, evidence=(evidence,), questions=(Note("day-or-month"),), odd=(either,))
    form = sign.join(("%d", "%m", "%Y") if days else ("%m", "%d", "%Y"))
    evidence = Note("dates-by-day" if days else "dates-by-month", {**_count(facts, first, second), "format": form})
    return Decision(replace(bare, type="date", format=form), evidence=(evidence,))


def _truth(bare: SchemaField, facts: Facts) -> Decision | None:
    """Yes and no; which words exactly is filled in from the cells themselves."""
    if facts.only("truth"):
        return Decision(replace(bare, type="boolean"), evidence=(Note("truths", _count(facts, "truth")),))
    return None


def _text(bare: SchemaField, facts: Facts) -> Decision:
    """Text, and if nearly all cells are something else, the few that are not."""
    kinds = sorted(facts.classes, key=lambda kind: -facts.classes[kind])
    nearly = kinds[0] not in {"words", "text", "code"} and facts.of(kinds[0]) * 10 >= facts.filled * 9
    against = (Note("nearly", {"count": facts.filled - facts.of(kinds[0]), "filled": facts.filled}),) if nearly else ()
    return Decision(
        bare,
        evidence=(Note("texts", _count(facts, "words", "text", "code")),),
        against=against,
        odd=tuple(kinds[1:]) if nearly else (),
    )

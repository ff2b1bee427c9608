"""Dates and numbers for the screen, by language: "Rp50.000", "62%", "pukul 14.30 WITA" (EYD V and the glossary)."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from lumbung.core.base import clock

Number = int | float | Decimal

# CLDR says "Agt" and offices write "Agu"; the rest agrees with CLDR, kept here so that an update changes nothing.
SHORT_MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
SHORT_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
KILO = 1000
SHORT = 10  # below this a decimal is worth its place


PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SWAPPED = str.maketrans(",.", ".,")


def language_now() -> str:
    """ "id" or "en": the language active now, without its region."""
    return "en" if (translation.get_language() or "id").startswith("en") else "id"


def _locale(language: str | None) -> Locale:
    return Locale.parse("en_GB" if (language or language_now()) == "en" else "id_ID")


def _local(moment: date) -> date:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def date_long(day: date, language: str | None = None) -> str:
    """ "Kamis, 26 Maret 2026"; "Thursday, 26 March 2026"."""
    return str(format_date(_local(day), "EEEE, d MMMM y", locale=_locale(language)))


def date_medium(day: date, language: str | None = None) -> str:
    """ "26 Maret 2026"."""
    return str(format_date(_local(day), "d MMMM y", locale=_locale(language)))


def date_short(day: date, language: str | None = None) -> str:
    """ "26 Mar 2026"."""
    local = _local(day)
    if (language or language_now()) == "en":
        return f"{local.day} {SHORT_MONTHS_EN[local.month - 1]} {local.year}"
    return f"{local.day} {SHORT_MONTHS_ID[local.month - 1]} {local.year}"


def weekday(day: date, language: str | None = None) -> str:
    """ "Senin"; "Monday"."""
    return str(format_date(_local(day), "EEEE", locale=_locale(language)))


def weekday_short(day: date, language: str | None = None) -> str:
    """ "Sen"; "Mon": the head of a calendar sheet."""
    return str(format_date(_local(day), "EEE", locale=_locale(language)))


def month(day: date, language: str | None = None) -> str:
    """ "Maret 2026"."""
    return str(format_date(_local(day), "LLLL y", locale=_locale(language)))


def time_of_day(moment: datetime, language: str | None = None) -> str:
    """ "pukul 14.30 WITA"; "14:30 WITA"."""
    local = timezone.localtime(moment)
    zone = _zone_name(local)
    if (language or language_now()) == "en":
        return f"{local:%H:%M} {zone}"
    return f"pukul {local:%H.%M} {zone}"


def _zone_name(local: datetime) -> str:
    key = local.tzinfo.key if isinstance(local.tzinfo, ZoneInfo) else ""
    return ZONE_NAMES.get(key, local.tzname() or "")


def moment(value: datetime, language: str | None = None) -> str:
    """ "Kamis, 26 Maret 2026, pukul 14.30 WITA"."""
    return f"{date_long(value, language)}, {time_of_day(value, language)}"


def number(value: Number | None, decimals: int | None = None, language: str | None = None) -> str:
    """ "1.234,5": at most `decimals` places (default: as many as the value has, three at most); halves round up."""
    if value is None:
        return gettext("data not available")
    exact = Decimal(str(value))
    if decimals is None:
        return str(format_decimal(exact, format="#,##0.###", locale=_locale(language)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(rounded, format=pattern, locale=_locale(language)))


def exact_number(written: object, language: str | None = None) -> str:
    """ "1.234,50" of "1234.50": every digit stays, signs are those of the language; other texts stay as they are."""
    text = str(written)
    if not PLAIN_NUMBER.fullmatch(text):
        return text
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    english = f"{sign}{int(whole):,}{point}{fraction}"
    return english if (language or language_now()) == "en" else english.translate(SWAPPED)


def percent(share: Number | None, decimals: int = 0, language: str | None = None) -> str:
    """A share 0-1 as "62%"."""
    if share is None:
        return gettext("data not available")
    return f"{number(Decimal(str(share)) * 100, decimals, language)}%"


def rupiah(amount: Number, language: str | None = None) -> str:
    """ "Rp50.000", no space after Rp; "-Rp50.000" below zero."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{number(abs(Decimal(str(amount))), 0, language)}"


def file_size(size_bytes: int, language: str | None = None) -> str:
    """ "84 kB", "1,5 MB": powers of a thousand, as browsers and phone bills count."""
    size: Decimal = Decimal(size_bytes)
    units = ["B", "kB", "MB", "GB"]
    while size >= KILO and len(units) > 1:
        size /= KILO
        units.pop(0)
    decimals = 1 if units[0] in {"MB", "GB"} and size < SHORT else 0
    return f"{number(size, decimals, language)} {units[0]}"


def working_days_left(days: int) -> str:
    """ "3 hari kerja lagi", "jatuh tempo hari ini", "terlambat 2 hari kerja"."""
    if days == 0:
        return gettext("due today")
    if days > 0:
        return ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": number(days)}
    late = -days
    return ngettext("%(days)s working day late", "%(days)s working days late", late) % {"days": number(late)}


def capitalised(text: object) -> str:
    """The first letter large, the others untouched ("dinas PUPR" → "Dinas PUPR")."""
    words = str(text)
    return words[:1].upper() + words[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "exact_number": exact_number,
    "week_start": clock.monday_of,
    "local_day": clock.local_day,
    "date_long": date_long,
    "date_medium": date_medium,
    "date_short": date_short,
    "weekday": weekday,
    "weekday_short": weekday_short,
    "month": month,
    "time_of_day": time_of_day,
    "moment": moment,
    "number": number,
    "percent": percent,
    "rupiah": rupiah,
    "file_size": file_size,
    "working_days_left": working_days_left,
    "capitalised": capitalised,
}

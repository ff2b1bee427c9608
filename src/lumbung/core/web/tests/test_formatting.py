from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from lumbung.core.web import formatting

MOMENT = datetime(2026, 3, 26, 6, 30, tzinfo=UTC)


def test_a_date_is_written_out_with_its_weekday():
    assert formatting.date_long(date(2026, 3, 26), "id") == "Kamis, 26 Maret 2026"
    assert formatting.date_long(date(2026, 3, 26), "en") == "Thursday, 26 March 2026"


def test_friday_is_jumat_without_apostrophe():
    assert formatting.date_long(date(2026, 3, 27), "id") == "Jumat, 27 Maret 2026"


@pytest.mark.parametrize(("month", "short"), [(3, "Mar"), (5, "Mei"), (8, "Agu"), (10, "Okt"), (12, "Des")])
def test_short_months_are_those_of_the_glossary(month, short):
    assert formatting.date_short(date(2026, month, 1), "id") == f"1 {short} 2026"


def test_months_stand_without_a_day():
    assert formatting.month(date(2026, 8, 1), "id") == "Agustus 2026"


def test_a_moment_is_shown_in_local_time_with_a_point():
    assert formatting.moment(MOMENT, "id") == "Kamis, 26 Maret 2026, pukul 14.30 WITA"
    assert formatting.moment(MOMENT, "en") == "Thursday, 26 March 2026, 14:30 WITA"


def test_the_day_of_a_moment_is_the_local_day():
    assert formatting.date_short(datetime(2026, 3, 26, 17, 0, tzinfo=UTC), "id") == "27 Mar 2026"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("1234.5"), None, "1.234,5"),
        (1234, None, "1.234"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-1234.5, 1, "-1.234,5"),
        (0, None, "0"),
    ],
)
def test_numbers_have_points_for_thousands_and_a_decimal_comma(value, decimals, shown):
    assert formatting.number(value, decimals, "id") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1234.50", "1.234,50"),
        ("-0.5", "-0,5"),
        ("640", "640"),
        ("1" * 39, ".".join(["111"] * 13)),
        ("52.10.a", "52.10.a"),
    ],
)
def test_a_number_of_a_table_keeps_every_digit(written, shown):
    assert formatting.exact_number(written, "id") == shown


def test_english_numbers_keep_their_separators():
    assert formatting.number(1234.5, None, "en") == "1,234.5"


def test_a_missing_number_says_so():
    with translation.override("en"):
        assert formatting.number(None) == "data not available"


def test_percent_has_no_space():
    assert formatting.percent(0.62, language="id") == "62%"
    assert formatting.percent(Decimal("0.6251"), 1, "id") == "62,5%"


def test_rupiah_has_no_space_after_rp():
    assert formatting.rupiah(50000, "id") == "Rp50.000"
    assert formatting.rupiah(-50000, "id") == "-Rp50.000"


@pytest.mark.parametrize(
    ("size_bytes", "shown"), [(84, "84 B"), (84_000, "84 kB"), (1_500_000, "1,5 MB"), (48_000_000, "48 MB")]
)
def test_file_sizes_count_in_thousands(size_bytes, shown):
    assert formatting.file_size(size_bytes, "id") == shown


def test_working_days_left_count_down_to_due_and_then_late():
    with translation.override("en"):
        assert formatting.working_days_left(3) == "3 working days left"
        assert formatting.working_days_left(1) == "1 working day left"
        assert formatting.working_days_left(0) == "due today"
        assert formatting.working_days_left(-2) == "2 working days late"

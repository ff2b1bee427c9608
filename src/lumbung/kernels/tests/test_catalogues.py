"""Figures about a catalogue: what counts, what is left out and said beside, and nothing that flatters."""

from decimal import Decimal

import pytest

from lumbung.kernels.catalogues import open_datasets, released_in_time_share, up_to_date_share

DAY = "2026-03-26"


def dataset(freshness="up-to-date", origin="brought", access="open"):
    return {"key": "jalan", "origin": origin, "class": access, "freshness": freshness}


def planned(outcome, year="2026"):
    return {"year": year, "number": "1", "outcome": outcome}


def test_only_what_agencies_bring_and_promise_again_is_asked_whether_it_is_up_to_date():
    rows = [dataset(), dataset(access="restricted"), dataset("late"), dataset("undeclared"), dataset("not-updated")]
    rows += [dataset(origin="declared"), dataset("", origin="harvested"), dataset(access="excluded")]
    told = up_to_date_share(rows, DAY)
    assert (told.value, told.n) == (Decimal("0.6667"), 3)
    assert told.excluded == {"automatic": 1, "harvested": 1, "closed": 1, "not_updated": 1, "undeclared": 1}


def test_open_datasets_are_those_of_this_government_anyone_can_download():
    rows = [dataset(), dataset(origin="declared"), dataset(access="restricted"), dataset(access="excluded")]
    told = open_datasets([*rows, dataset("", origin="harvested")], DAY)
    assert (told.value, told.n) == (Decimal(2), 4)
    assert told.excluded == {"harvested": 1, "restricted": 1, "closed": 1}


def test_late_and_missing_releases_count_against_the_list_of_the_year():
    rows = [planned("kept"), planned("later"), planned("waiting"), planned("coming"), planned("kept", "2025")]
    told = released_in_time_share(rows, DAY)
    assert (told.value, told.n, told.excluded) == (Decimal("0.3333"), 3, {"not_yet_due": 1, "other_years": 1})


@pytest.mark.parametrize("figure", [up_to_date_share, open_datasets, released_in_time_share])
def test_a_figure_that_rests_on_nothing_has_no_value(figure):
    assert (figure([], DAY).value, figure([], DAY).n) == (None, 0)


def test_a_value_nobody_knows_is_refused_with_its_row():
    with pytest.raises(ValueError, match="freshness is 'stale'"):
        up_to_date_share([dataset("stale")], DAY)

"""A data list on its way: opened, filled, agreed; each step as a person would press it."""

from datetime import date

from tests.cast import NOW

from lumbung.modules.open_data.actions import agreeing, data_lists
from lumbung.modules.open_data.actions.agreeing import MeetingFacts, Present
from lumbung.modules.open_data.queries.data_lists import RowFacts

YEAR = NOW.year


def opened(people, *, year=YEAR, carried=None):
    """A list of the province, opened by the secretariat of its Forum."""
    by = people.viewer("forum.data.ntb")
    return data_lists.open_list(portal=people.ntb, year=year, carried=carried, by=by, now=NOW)


def facts(title="Panjang jalan menurut kondisi", **more):
    """What a row says."""
    told = {
        "title": title,
        "producer": "ntb-pupr",
        "purpose": "Dasar penyusunan program pemeliharaan jalan.",
        "frequency": "semiannual",
        "days": (date(YEAR, 1, 31), date(YEAR, 7, 31)),
        "standard": "Permen PU 13/PRT/M/2011",
    }
    return RowFacts(**{**told, **more})


def proposed(people, data_list, *, by="produsen.ntb", **more):
    """A row its producer proposed."""
    return data_lists.propose_row(data_list=data_list, facts=facts(**more), by=people.viewer(by), now=NOW)


def meeting(**more):
    """A meeting of the Forum."""
    told = {
        "number": "BA-01/FSD/2026",
        "held_on": NOW.date(),
        "place": "Ruang rapat Bappeda",
        "decisions": "Daftar Data disepakati.",
        "attendance": (Present("coordinator", "Bappeda"), Present("steward", "Diskominfotik", 2)),
    }
    return MeetingFacts(**{**told, **more})


def agreed(people, data_list):
    """Every proposal taken, and the list agreed."""
    by = people.viewer("forum.data.ntb")
    data_lists.take_all(data_list=data_list, by=by, now=NOW)
    agreeing.agree_list(data_list=data_list, meeting=meeting(), by=by, now=NOW)
    data_list.refresh_from_db()
    return data_list

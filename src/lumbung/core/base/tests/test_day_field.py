"""A day is read as browsers send it and as people type it."""

from datetime import date

import pytest
from django import forms

from lumbung.core.base.day_field import day_field


class Asking(forms.Form):
    on = day_field("Hari")
    until = day_field("Sampai", required=False, hint="Boleh kosong.")


@pytest.mark.parametrize("typed", ["2026-03-19", "19-03-2026", "19/03/2026", " 19-03-2026 "])
def test_a_day_is_read_in_every_form_people_use(typed):
    form = Asking({"on": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"on": date(2026, 3, 19), "until": None}


@pytest.mark.parametrize("typed", ["03/19/2026", "31-02-2026", "kemarin", "19-03-26", "\x00"])
def test_what_is_no_day_is_refused_with_an_example(typed):
    assert Asking({"on": typed}).errors["on"] == ["Isi tanggal dengan urutan hari-bulan-tahun, misalnya 19-03-2026."]


def test_a_missing_day_says_what_to_do():
    assert Asking({}).errors == {"on": ["Isi tanggal."]}


def test_a_browser_gets_the_day_in_the_form_its_calendar_reads():
    html = str(Asking(initial={"on": date(2026, 3, 19)})["on"])
    assert 'type="date"' in html
    assert 'value="2026-03-19"' in html

"""Addresses of the calendar, one for the whole installation."""

from django.urls import path

from lumbung.core.calendar import pages

app_name = "calendar"
urlpatterns = [
    path("", pages.this_year, name="this-year"),
    path("<int:year>/", pages.year, name="year"),
    path("tambah/", pages.add, name="add"),
    path("hari/<int:day_id>/ubah/", pages.change, name="change"),
    path("hari/<int:day_id>/hapus/", pages.remove, name="remove"),
]

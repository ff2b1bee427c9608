"""Addresses under /wilayah/."""

from django.urls import path

from lumbung.core.regions import pages

app_name = "regions"

urlpatterns = [
    path("cari.json", pages.matching, name="matching"),
    path("<str:code>/anak.json", pages.children, name="children"),
    path("<str:code>/batas-<str:level>.json", pages.areas_of, name="areas"),
]

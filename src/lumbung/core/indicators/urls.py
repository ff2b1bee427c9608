"""Addresses of figures under a portal: /ntb/indikator/…"""

from django.urls import path

from lumbung.core.indicators import pages

app_name = "indicators"
urlpatterns = [
    path("<str:key>/hitung-ulang.py", pages.script, name="script"),
    path("<str:key>/angka.csv", pages.figures_csv, name="csv"),
    path("<str:key>/kurva.csv", pages.curve_csv, name="curve"),
]

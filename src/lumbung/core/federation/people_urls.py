"""Addresses of federation for people: /catatan-publik/pemasangan-lain/…"""

from django.urls import path

from lumbung.core.federation import pages

app_name = "federation"
urlpatterns = [path("", pages.front, name="front")]

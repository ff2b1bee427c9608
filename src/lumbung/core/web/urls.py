"""Addresses at the root of the installation."""

from django.urls import path

from lumbung.core.web import pages

app_name = "web"
urlpatterns = [
    path("", pages.front_page, name="front-page"),
    path("privasi/", pages.privacy, name="privacy"),
    path("ketentuan/", pages.terms, name="terms"),
    path("aksesibilitas/", pages.accessibility, name="accessibility"),
    path("gaya/", pages.style_guide, name="style-guide"),
]

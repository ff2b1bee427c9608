"""Addresses at the root of the installation."""

from django.urls import path

from lumbung.core.web import pages

urlpatterns = [
    path("", pages.front_page, name="front-page"),
]

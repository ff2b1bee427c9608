"""Addresses under /media/: random, without a name, the same in every language."""

from django.urls import path

from lumbung.core.files import pages

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/besar", pages.large, name="large"),
    path("<uuid:file_id>/kecil", pages.small, name="small"),
    path("<uuid:file_id>/dokumen", pages.document, name="document"),
]

"""Addresses of the administrator's pages: /kelola/organisasi/…"""

from django.urls import path

from lumbung.core.organisations import pages

app_name = "organisations"
urlpatterns = [
    path("", pages.manage, name="manage"),
    path("tambah/", pages.add, name="add"),
    path("<slug:code>/", pages.detail, name="detail"),
    path("<slug:code>/ubah/", pages.change, name="change"),
    path("<slug:code>/akhiri/", pages.end, name="end"),
]

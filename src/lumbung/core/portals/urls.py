"""Addresses of portal settings: /kelola/portal/…"""

from django.urls import path

from lumbung.core.portals import pages

app_name = "portals"
urlpatterns = [path("", pages.manage, name="manage"), path("<slug:slug>/", pages.change, name="change")]

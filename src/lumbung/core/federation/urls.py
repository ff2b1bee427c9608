"""The address of the feed, for programs: /log/umpan.json, beside the log that proves it."""

from django.urls import path

from lumbung.core.federation import feeds, pages

app_name = "federation-files"
urlpatterns = [path(feeds.DOCUMENT, pages.feed, name="feed")]

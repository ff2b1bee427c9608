"""Addresses of the log for programs, as C2SP tlog-tiles lays them out: /log/…"""

from django.urls import path

from lumbung.core.log.pages import programs as pages

app_name = "log-files"
urlpatterns = [
    path("", pages.front, name="front"),
    path("checkpoint", pages.checkpoint, name="checkpoint"),
    path("cosignature", pages.cosignature, name="cosignature"),
    path("add-checkpoint", pages.add_checkpoint, name="add-checkpoint"),
    path("tile/entries/<path:number>", pages.entries, name="entries"),
    path("tile/<str:level>/<path:number>", pages.tile, name="tile"),
]

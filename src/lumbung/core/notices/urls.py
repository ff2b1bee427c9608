"""Addresses at the root: /notifikasi/ for accounts, stop links for everyone, the demonstration's outbox."""

from django.urls import path

from lumbung.core.notices import pages

app_name = "notices"
urlpatterns = [
    path("notifikasi/", pages.mine, name="mine"),
    path("notifikasi/dibaca/", pages.read_all, name="read-all"),
    path("notifikasi/<int:notice_id>/buka/", pages.open_notice, name="open"),
    path("notifikasi/<int:stop_id>/mulai-lagi/", pages.resume, name="resume"),
    path("notifikasi/berhenti/<str:token>/", pages.stop, name="stop"),
    path("contoh/kotak-keluar/", pages.outbox, name="outbox"),
    path("contoh/kotak-keluar/<uuid:message_id>/", pages.outbox_message, name="outbox-message"),
]

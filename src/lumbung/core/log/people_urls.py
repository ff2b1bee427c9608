"""Addresses of the log for people: /catatan-publik/…"""

from django.urls import path

from lumbung.core.log.pages import people

app_name = "log"
urlpatterns = [
    path("", people.front, name="front"),
    path("isi/", people.entries, name="entries"),
    path("cari/", people.find, name="find"),
    path("peristiwa/<uuid:event_id>/", people.event, name="event"),
    path("periksa-bukti.html", people.checker, name="checker"),
    path("riwayat-ganda/<int:inconsistency_id>.txt", people.evidence, name="evidence"),
    path("program/<str:file>", people.program, name="program"),
    path("<int:index>/", people.entry, name="entry"),
    path("<int:index>/catatan.json", people.entry_body, name="entry-body"),
    path("<int:index>/bukti.tlog-proof", people.entry_proof, name="entry-proof"),
]

"""Addresses of the data list and the release calendar, below /ntb/data/…"""

from django.urls import path

from lumbung.modules.open_data.pages import data_lists, planning, planning_rows, release_calendar, release_feed

DESK = "kelola/daftar/"
ROW = f"{DESK}<int:year>/<int:number>/"
urlpatterns = [
    path("jadwal/", release_calendar.calendar_page, name="release-calendar"),
    path("jadwal.ics", release_calendar.calendar_file, name="release-calendar-file"),
    path("jadwal.atom", release_feed.calendar_feed, name="release-calendar-feed"),
    path("daftar/", data_lists.newest_list, name="newest-data-list"),
    path("daftar/<int:year>/", data_lists.data_list, name="data-list"),
    path("daftar/<int:year>/daftar-data.csv", data_lists.list_csv, name="data-list-csv"),
    path("daftar/<int:year>/rekap/", data_lists.progress, name="data-list-progress"),
    path("daftar/<int:year>/rekap.csv", data_lists.progress_csv, name="data-list-progress-csv"),
    path("daftar/<int:year>/berita-acara/", data_lists.record, name="data-list-record"),
    path("daftar/<int:year>/berita-acara.pdf", data_lists.record_pdf, name="data-list-record-pdf"),
    path("daftar/<int:year>/<int:number>/templat.xlsx", data_lists.row_template, name="row-template"),
    path(DESK, planning.lists, name="plan-lists"),
    path(f"{DESK}buka/", planning.open_list, name="plan-open"),
    path(f"{DESK}<int:year>/", planning.list_detail, name="plan-list"),
    path(f"{DESK}<int:year>/usul/", planning_rows.propose, name="plan-propose"),
    path(f"{DESK}<int:year>/terima-semua/", planning.take_all, name="plan-take-all"),
    path(f"{DESK}<int:year>/sepakati/", planning.agree, name="plan-agree"),
    path(ROW, planning_rows.row_detail, name="plan-row"),
    path(f"{ROW}ubah/", planning_rows.change, name="plan-change"),
    path(f"{ROW}terima/", planning_rows.take, name="plan-take"),
    path(f"{ROW}keluarkan/", planning_rows.leave_out, name="plan-leave-out"),
    path(f"{ROW}dataset/", planning_rows.connect, name="plan-connect"),
    path(f"{ROW}mulai/", planning_rows.begin, name="plan-begin"),
]

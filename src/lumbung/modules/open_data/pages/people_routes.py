"""Addresses of what people ask and are told, taken in by `urls.py` before those of single datasets."""

from django.urls import path

from lumbung.modules.open_data.pages import asking_desk, askings, differences

ROUTES = [
    path("permohonan/", askings.asking_list, name="askings"),
    path("permohonan/kirim/", askings.send, name="asking-send"),
    path("permohonan/buka/", askings.open_with_code, name="asking-code"),
    path("permohonan/buka/<str:asking_code>/", askings.open_with_code, name="asking-open"),
    path("permohonan/<str:asking_number>/", askings.asking_page, name="asking"),
    path("permohonan/<str:asking_number>/tanda-terima/", askings.receipt, name="asking-receipt"),
    path("kelola/permohonan/", asking_desk.asking_desk, name="asking-desk"),
    path("kelola/permohonan/<str:asking_number>/", asking_desk.asking_work, name="asking-work"),
    path("<slug:key>/tanya/", askings.about, name="asking-about"),
    path("<slug:key>/v<int:number>/beda/", differences.difference, name="difference"),
    path("<slug:key>/v<int:number>/beda/<slug:resource>.csv", differences.difference_file, name="difference-file"),
    path("<slug:key>/v<int:number>/pulihkan/", differences.restore, name="restore"),
]

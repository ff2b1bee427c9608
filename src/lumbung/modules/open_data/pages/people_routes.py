"""Addresses of what people ask and are told, taken in by `urls.py` before those of single datasets."""

from django.urls import path

from lumbung.modules.open_data.pages import (
    asking_desk,
    askings,
    classes,
    data_feeds,
    desk,
    differences,
    following,
    reuses,
    sharing,
)

ROUTES = [
    path("permohonan/", askings.asking_list, name="askings"),
    path("permohonan/kirim/", askings.send, name="asking-send"),
    path("permohonan/buka/", askings.open_with_code, name="asking-code"),
    path("permohonan/buka/<str:asking_code>/", askings.open_with_code, name="asking-open"),
    path("permohonan/<str:asking_number>/", askings.asking_page, name="asking"),
    path("permohonan/<str:asking_number>/tanda-terima/", askings.receipt, name="asking-receipt"),
    path("kelola/permohonan/", asking_desk.asking_desk, name="asking-desk"),
    path("kelola/permohonan/<str:asking_number>/", asking_desk.asking_work, name="asking-work"),
    path("kelola/akses/", sharing.sharing_desk, name="sharing-desk"),
    path("kelola/akses/<uuid:sharing_id>/", sharing.sharing_work, name="sharing-work"),
    path("kelola/pemanfaatan/", reuses.reuse_desk, name="reuse-desk"),
    path("kelola/pemanfaatan/<uuid:reuse_id>/", reuses.decide, name="reuse-decide"),
    path("kelola/<slug:key>/kelas/", classes.classify, name="classify"),
    path("kelola/<slug:key>/umumkan/", classes.announce, name="announce"),
    path("kelola/<slug:key>/tanggal-rilis/", desk.move_release_day, name="move-release-day"),
    path("pemanfaatan/", reuses.reuse_list, name="reuses"),
    path("<slug:key>/pemanfaatan/", reuses.hand_in, name="reuse-send"),
    path("<slug:key>/akses/", sharing.sharing_page, name="sharing"),
    path("<slug:key>/akses/v<int:number>/<slug:resource>.<slug:kind>", sharing.shared_file, name="shared-file"),
    path("umpan.atom", data_feeds.feed, name="feed"),
    path("langganan/", following.follow, name="follow"),
    path("langganan/program/", following.follow_by_program, name="follow-program"),
    path("langganan/<str:token>/", following.confirm, name="follow-confirm"),
    path("<slug:key>/umpan.atom", data_feeds.feed, name="dataset-feed"),
    path("<slug:key>/ikuti/", following.follow, name="dataset-follow"),
    path("<slug:key>/ikuti/program/", following.follow_by_program, name="dataset-follow-program"),
    path("<slug:key>/tanya/", askings.about, name="asking-about"),
    path("<slug:key>/v<int:number>/beda/", differences.difference, name="difference"),
    path("<slug:key>/v<int:number>/beda/<slug:resource>.csv", differences.difference_file, name="difference-file"),
    path("<slug:key>/v<int:number>/pulihkan/", differences.restore, name="restore"),
]

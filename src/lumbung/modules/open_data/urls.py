"""Addresses of open data under a portal: /ntb/data/…"""

from django.urls import path

from lumbung.modules.open_data.pages import (
    catalogue,
    data_packages,
    dcat,
    desk,
    metadata,
    people_routes,
    tables,
    withdrawing,
)

app_name = "open_data"
urlpatterns = [
    path("", catalogue.dataset_list, name="list"),
    *people_routes.ROUTES,
    path("kelola/", desk.desk, name="desk"),
    path("kelola/baru/", desk.begin, name="begin"),
    path("kelola/<slug:key>/", desk.draft_detail, name="draft"),
    path("kelola/<slug:key>/terbitan-baru/", desk.begin_release, name="begin-release"),
    path("kelola/<slug:key>/ajukan/", desk.submit, name="submit"),
    path("kelola/<slug:key>/ambil-kembali/", desk.take_back, name="take-back"),
    path("kelola/<slug:key>/buang/", desk.discard, name="discard"),
    path("kelola/<slug:key>/loloskan/", desk.pass_draft, name="pass"),
    path("kelola/<slug:key>/kembalikan/", desk.return_draft, name="return"),
    path("kelola/<slug:key>/sebarluaskan/", desk.publish, name="publish-draft"),
    path("kelola/<slug:key>/isi/<slug:part>/", metadata.part, name="part"),
    path("kelola/<slug:key>/tabel/", tables.bring, name="bring"),
    path("kelola/<slug:key>/tabel/<slug:slug>/", tables.table_detail, name="draft-table"),
    path("kelola/<slug:key>/tabel/<slug:slug>/berkas/", tables.bring_again, name="bring-again"),
    path("kelola/<slug:key>/tabel/<slug:slug>/lihat-lagi/", tables.look_again, name="look-again"),
    path("kelola/<slug:key>/tabel/<slug:slug>/baca/", tables.choose_reading, name="choose-reading"),
    path("kelola/<slug:key>/tabel/<slug:slug>/kolom/", tables.confirm_columns, name="columns"),
    path("kelola/<slug:key>/tabel/<slug:slug>/data-pribadi/", tables.decide, name="decide"),
    path("kelola/<slug:key>/tabel/<slug:slug>/hapus/", tables.remove, name="remove-table"),
    path("<slug:key>/", catalogue.dataset_detail, name="dataset"),
    path("<slug:key>/terbitkan/", withdrawing.publish_declared, name="publish"),
    path("<slug:key>/v<int:number>/", catalogue.release_detail, name="release"),
    path("<slug:key>/v<int:number>/tarik/", withdrawing.withdraw, name="withdraw"),
    path("<slug:key>.<slug:kind>", dcat.description, name="description"),
    path("<slug:key>/v<int:number>/datapackage.json", data_packages.descriptor, name="data-package"),
    path("<slug:key>/v<int:number>/paket.zip", data_packages.package, name="data-package-zip"),
    path("<slug:key>/v<int:number>/<slug:resource>.<slug:kind>", catalogue.download, name="table"),
    path("<slug:key>/v<int:number>/data.<slug:kind>", catalogue.download, {"resource": "data"}, name="file"),
]

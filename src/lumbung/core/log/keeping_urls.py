"""Addresses of the administrator's pages: /kelola/saksi/…"""

from django.urls import path

from lumbung.core.log.pages import keeping

app_name = "witnesses"
urlpatterns = [
    path("", keeping.manage, name="manage"),
    path("tambah/", keeping.add, name="add"),
    path("<int:witness_id>/alamat/", keeping.move, name="move"),
    path("<int:witness_id>/akhiri/", keeping.end, name="end"),
    path("sesama/tambah/", keeping.add_peer, name="add-peer"),
    path("sesama/<int:peer_id>/akhiri/", keeping.end_peer, name="end-peer"),
    path("sesama/<int:peer_id>/lihat/", keeping.look, name="look"),
]

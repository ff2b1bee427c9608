"""Addresses of the administrator's pages: /kelola/akun/…"""

from django.urls import path

from lumbung.core.access import pages

app_name = "access"
urlpatterns = [
    path("", pages.accounts, name="accounts"),
    path("siapa/", pages.who, name="who"),
    path("undang/", pages.invite, name="invite"),
    path("peran/<int:grant_id>/cabut/", pages.revoke, name="revoke"),
    path("<uuid:account_id>/", pages.account, name="account"),
    path("<uuid:account_id>/undang-lagi/", pages.renew, name="renew"),
    path("<uuid:account_id>/beri-peran/", pages.grant, name="grant"),
    path("<uuid:account_id>/nonaktifkan/", pages.deactivate, name="deactivate"),
    path("<uuid:account_id>/aktifkan/", pages.reactivate, name="reactivate"),
    path("<uuid:account_id>/serahkan/", pages.hand_over, name="hand-over"),
]

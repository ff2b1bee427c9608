"""Addresses of hidden words."""

from django.urls import path

from lumbung.modules.action_plan.pages import hidden

PATHS = [
    path("disembunyikan/<slug:plan_key>/", hidden.hidden_words, name="hidden"),
    path("kelola/<slug:plan_key>/disembunyikan/", hidden.hidden_desk, name="hidden-desk"),
    path("kelola/<slug:plan_key>/disembunyikan/<uuid:hiding_id>/putuskan/", hidden.decide, name="hidden-decide"),
    path("kelola/<slug:plan_key>/disembunyikan/<uuid:hiding_id>/hapus/", hidden.erase, name="hidden-erase"),
    path("kelola/<slug:plan_key>/disembunyikan/<slug:text_kind>/<str:subject>/", hidden.hide, name="hide-words"),
]

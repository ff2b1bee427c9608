"""Addresses of the plan under a portal: /ntb/rencana-aksi/…"""

from django.urls import path

from lumbung.modules.action_plan import pages

app_name = "action_plan"
urlpatterns = [
    path("", pages.plan, name="plan"),
    path("rencana.json", pages.plan_json, name="json"),
    path("<slug:slug>/", pages.commitment, name="commitment"),
]

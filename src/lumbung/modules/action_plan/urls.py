"""Addresses of the plan under a portal: /ntb/rencana-aksi/…"""

from django.urls import path

from lumbung.modules.action_plan import pages
from lumbung.modules.action_plan.pages import (
    desk,
    draft_urls,
    enactment_paths,
    forum_paths,
    hidden_paths,
    inviting,
    making,
    monitoring_paths,
    talk_urls,
    withdrawing,
)

app_name = "action_plan"
urlpatterns = [
    path("", pages.plan, name="plan"),
    path("rencana.json", pages.plan_json, name="json"),
    path("rencana.<slug:kind>", pages.plan_file, name="plan-file"),
    # How a plan is drawn up, for everybody.
    path("susun/<slug:plan_key>/", making.making, name="making"),
    # The desk of those who draw it up.
    path("kelola/", desk.desk, name="desk"),
    path("kelola/mulai/", desk.begin, name="begin"),
    path("kelola/<slug:plan_key>/", desk.plan_desk, name="plan-desk"),
    path("kelola/<slug:plan_key>/undang/", inviting.invite, name="invite"),
    path("kelola/<slug:plan_key>/undangan/", inviting.answer, name="invitation"),
    path("kelola/<slug:plan_key>/peta-jalan/<slug:track>/", desk.roadmap, name="roadmap"),
    path("kelola/<slug:plan_key>/tahap/<slug:track>/<slug:stage>/lanjut/", desk.pass_stage, name="pass-stage"),
    path("kelola/<slug:plan_key>/tahap/<slug:track>/<slug:stage>/setuju/", desk.agree, name="agree-stage"),
    path(
        "kelola/<slug:plan_key>/tahap/<slug:track>/<slug:stage>/pengecualian/",
        desk.ask_exception,
        name="ask-exception",
    ),
    path("kelola/<slug:plan_key>/pengecualian/<uuid:exception_id>/", desk.decide_exception, name="decide-exception"),
    path("kelola/<slug:plan_key>/tarik/", withdrawing.ask_withdrawal, name="withdraw"),
    path("kelola/<slug:plan_key>/tarik/<uuid:withdrawal_id>/", withdrawing.decide_withdrawal, name="withdraw-decide"),
    *enactment_paths.PATHS,
    *talk_urls.urlpatterns,
    *draft_urls.urlpatterns,
    *forum_paths.PATHS,
    *hidden_paths.PATHS,
    *monitoring_paths.PATHS,
    path("<slug:slug>/", pages.commitment, name="commitment"),
]

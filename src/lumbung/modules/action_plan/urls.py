"""Addresses of the plan under a portal: /ntb/rencana-aksi/…"""

from django.urls import path

from lumbung.modules.action_plan import pages
from lumbung.modules.action_plan.pages import clearing, desk, ideas, ideas_desk, making, receipts

app_name = "action_plan"
urlpatterns = [
    path("", pages.plan, name="plan"),
    path("rencana.json", pages.plan_json, name="json"),
    # How a plan is drawn up, for everybody.
    path("susun/<slug:plan_key>/", making.making, name="making"),
    # Ideas and comments, from anybody.
    path("susun/<slug:plan_key>/usulan/", ideas.idea_list, name="ideas"),
    path("susun/<slug:plan_key>/usulan/kirim/", ideas.send, name="idea-send"),
    path("susun/<slug:plan_key>/usulan/asal/<uuid:draft_id>/", ideas.ideas_behind, name="ideas-behind"),
    path("susun/<slug:plan_key>/usulan/<str:idea_number>/", ideas.idea_page, name="idea"),
    path("susun/<slug:plan_key>/tanda-terima/<str:item_number>/", receipts.receipt, name="intake-receipt"),
    path("susun/<slug:plan_key>/kode/", receipts.open_with_code, name="intake-code"),
    path("susun/<slug:plan_key>/kode/<str:code>/", receipts.open_with_code, name="intake-open"),
    # The desk of those who draw it up.
    path("kelola/", desk.desk, name="desk"),
    path("kelola/mulai/", desk.begin, name="begin"),
    path("kelola/<slug:plan_key>/", desk.plan_desk, name="plan-desk"),
    path("kelola/<slug:plan_key>/peta-jalan/<slug:track>/", desk.roadmap, name="roadmap"),
    path("kelola/<slug:plan_key>/tahap/<slug:track>/<slug:stage>/lanjut/", desk.pass_stage, name="pass-stage"),
    path(
        "kelola/<slug:plan_key>/tahap/<slug:track>/<slug:stage>/pengecualian/",
        desk.ask_exception,
        name="ask-exception",
    ),
    path("kelola/<slug:plan_key>/pengecualian/<uuid:exception_id>/", desk.decide_exception, name="decide-exception"),
    path("kelola/<slug:plan_key>/periksa/", clearing.clearing_queue, name="clearing"),
    path("kelola/<slug:plan_key>/periksa/<str:item_number>/", clearing.clear_item, name="clearing-item"),
    path("kelola/<slug:plan_key>/usulan/", ideas_desk.ideas_desk, name="ideas-desk"),
    path("kelola/<slug:plan_key>/usulan/masukkan/", ideas_desk.enter, name="idea-enter"),
    path("kelola/<slug:plan_key>/usulan/<str:idea_number>/", ideas_desk.work_on_idea, name="idea-work"),
    path("<slug:slug>/", pages.commitment, name="commitment"),
]

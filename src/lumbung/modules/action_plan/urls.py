"""Addresses of the plan under a portal: /ntb/rencana-aksi/…"""

from django.urls import path

from lumbung.modules.action_plan import pages
from lumbung.modules.action_plan.pages import desk, evidence_packs, following, learning, making, monitoring, sayings

app_name = "action_plan"
urlpatterns = [
    path("", pages.plan, name="plan"),
    path("rencana.json", pages.plan_json, name="json"),
    # How a plan is drawn up, for everybody.
    path("susun/<slug:plan_key>/", making.making, name="making"),
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
    # Monitoring, for everybody.
    path("periode/<slug:monitored>/", pages.plan, name="plan-of"),
    path("umpan.atom", following.feed, name="feed"),
    path("ikuti/", following.follow, name="follow"),
    path("ikuti/<str:token>/", following.confirm, name="follow-confirm"),
    path("tiga-penilaian/", learning.three_assessments, name="three-assessments"),
    path("pembelajaran/<slug:plan_key>/", learning.lessons, name="lessons"),
    path("praktik-baik/", learning.practice_list, name="practices"),
    path("praktik-baik/<slug:practice_slug>/", learning.practice, name="practice"),
    path("<slug:slug>/umpan.atom", following.feed, name="commitment-feed"),
    path("<slug:slug>/ikuti/", following.follow, name="follow-commitment"),
    # The desk of those who report and assess.
    path("kelola/<slug:plan_key>/pemantauan/", monitoring.monitoring, name="monitoring"),
    path("kelola/<slug:monitored>/laporan-awal/<slug:track>/", sayings.file_inception, name="file-inception"),
    path("kelola/<slug:monitored>/pembelajaran/", learning.record_lesson, name="record-lesson"),
    path("kelola/<slug:monitored>/praktik-baik/", learning.write_practice, name="write-practice"),
    path("kelola/<slug:monitored>/praktik-baik/<slug:practice_slug>/", learning.write_practice, name="change-practice"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/", monitoring.work, name="monitoring-work"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/bukti/", sayings.name_evidence, name="name-evidence"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/lapor/", sayings.write_report, name="write-report"),
    path(
        "kelola/<slug:monitored>/komitmen/<slug:slug>/lapor/<uuid:report_id>/",
        sayings.decide_report,
        name="decide-report",
    ),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/nilai/<slug:said_kind>/", sayings.assess, name="assess"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/catatan/", sayings.sign_note, name="sign-note"),
    path(
        "kelola/<slug:monitored>/komitmen/<slug:slug>/hak-jawab/<slug:said_kind>/<uuid:said_id>/",
        sayings.reply,
        name="reply",
    ),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/laporan-akhir/", sayings.file_end, name="file-end"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/paket-bukti/", evidence_packs.pack, name="evidence-pack"),
    path(
        "kelola/<slug:monitored>/komitmen/<slug:slug>/paket-bukti/<int:part>.zip",
        evidence_packs.pack_file,
        name="evidence-pack-file",
    ),
    path("<slug:slug>/", pages.commitment, name="commitment"),
]

"""Addresses of monitoring: what everybody reads, and the desk of those who report and assess."""

from django.urls import path

from lumbung.modules.action_plan import pages
from lumbung.modules.action_plan.pages import evidence_packs, following, learning, monitoring, remarks, sayings

PATHS = [
    # Monitoring, for everybody.
    path("periode/<slug:monitored>/", pages.plan, name="plan-of"),
    path("umpan.atom", following.feed, name="feed"),
    path("ikuti/", following.follow, name="follow"),
    path("susun/<slug:plan_key>/ikuti/", following.follow_making, name="follow-making"),
    path("ikuti/<str:token>/", following.confirm, name="follow-confirm"),
    path("tiga-penilaian/", learning.three_assessments, name="three-assessments"),
    path("pembelajaran/<slug:plan_key>/", learning.lessons, name="lessons"),
    path("praktik-baik/", learning.practice_list, name="practices"),
    path("praktik-baik/<slug:practice_slug>/", learning.practice, name="practice"),
    path("<slug:slug>/umpan.atom", following.feed, name="commitment-feed"),
    path("<slug:slug>/ikuti/", following.follow, name="follow-commitment"),
    path("<slug:slug>/pendapat/", remarks.send, name="remark-send"),
    path("susun/<slug:plan_key>/pendapat/<str:remark_number>/", remarks.remark_page, name="remark"),
    # The desk of those who report and assess.
    path("kelola/<slug:plan_key>/pemantauan/", monitoring.monitoring, name="monitoring"),
    path("kelola/<slug:plan_key>/pemantauan/<int:partner_id>/<slug:track>/", monitoring.name_part, name="name-part"),
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
    path(
        "kelola/<slug:monitored>/komitmen/<slug:slug>/pendapat/<str:remark_number>/",
        remarks.answer,
        name="remark-answer",
    ),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/laporan-akhir/", sayings.file_end, name="file-end"),
    path("kelola/<slug:monitored>/komitmen/<slug:slug>/paket-bukti/", evidence_packs.pack, name="evidence-pack"),
    path(
        "kelola/<slug:monitored>/komitmen/<slug:slug>/paket-bukti/<int:part>.zip",
        evidence_packs.pack_file,
        name="evidence-pack-file",
    ),
]

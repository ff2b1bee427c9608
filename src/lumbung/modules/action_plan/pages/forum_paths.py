"""Addresses of the forum: seats, meetings, legal products, partnerships."""

from django.urls import path

from lumbung.modules.action_plan.pages import forum, forum_desk, meeting_desk, meetings, register_desk, registers

PUBLIC, DESK = "susun/<slug:plan_key>", "kelola/<slug:plan_key>"
MEETING = f"{DESK}/pertemuan/<uuid:meeting_id>"
PRODUCT = f"{DESK}/produk-hukum/<uuid:product_id>"
SEAT = f"{DESK}/forum/kursi/<uuid:seat_id>"

PATHS = [
    path(f"{PUBLIC}/forum/", forum.forum, name="forum"),
    path(f"{PUBLIC}/forum/bergabung/", forum.apply, name="join-forum"),
    path(f"{PUBLIC}/forum/bergabung/<uuid:seat_id>/", forum.receipt, name="seat-receipt"),
    path(f"{PUBLIC}/pertemuan/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path(f"{PUBLIC}/pertemuan/<uuid:meeting_id>/cetak/<slug:pack_key>/", meetings.pack, name="meeting-pack"),
    path(
        f"{PUBLIC}/pertemuan/<uuid:meeting_id>/cetak/<slug:pack_key>.<slug:pack_kind>",
        meetings.pack_file,
        name="meeting-pack-file",
    ),
    path(f"{PUBLIC}/produk-hukum/", registers.legal, name="legal"),
    path(f"{PUBLIC}/kemitraan/", registers.partnerships, name="partnerships"),
    path(f"{DESK}/forum/", forum_desk.desk, name="forum-desk"),
    path(f"{DESK}/forum/kursi/<slug:track>/beri/", forum_desk.give_seat, name="give-seat"),
    path(f"{SEAT}/terima/", forum_desk.admit_seat, name="admit-seat"),
    path(f"{SEAT}/tolak/", forum_desk.decline_seat, name="decline-seat"),
    path(f"{SEAT}/kontak/", forum_desk.say_contact, name="seat-contact"),
    path(f"{SEAT}/akhiri/", forum_desk.end_seat, name="end-seat"),
    path(f"{DESK}/pertemuan/<slug:track>/rencanakan/", meeting_desk.plan_meeting, name="plan-meeting"),
    path(f"{MEETING}/", meeting_desk.work, name="meeting-desk"),
    path(f"{MEETING}/ubah/", meeting_desk.change, name="change-meeting"),
    path(f"{MEETING}/undang/", meeting_desk.invite, name="invite-to-meeting"),
    path(f"{MEETING}/bahan/", meeting_desk.share, name="share-material"),
    path(f"{MEETING}/kehadiran/", meeting_desk.count, name="count-attendance"),
    path(f"{MEETING}/notulen/", meeting_desk.hold, name="hold-meeting"),
    path(f"{MEETING}/batalkan/", meeting_desk.cancel, name="cancel-meeting"),
    path(f"{DESK}/produk-hukum/<slug:track>/daftarkan/", register_desk.add_product, name="add-product"),
    path(f"{PRODUCT}/tetapkan/", register_desk.enact_product, name="enact-product"),
    path(f"{PRODUCT}/undangkan/", register_desk.promulgate_product, name="promulgate-product"),
    path(f"{PRODUCT}/dokumen/", register_desk.keep_document, name="keep-document"),
    path(f"{DESK}/kemitraan/<slug:track>/daftarkan/", register_desk.add_partnership, name="add-partnership"),
    path(f"{DESK}/kemitraan/<uuid:partnership_id>/realisasi/", register_desk.add_realisation, name="add-realisation"),
]

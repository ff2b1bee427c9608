"""Addresses of ideas, public tests and answers: for everybody under susun/, for the secretariat under kelola/."""

from django.urls import path

from lumbung.modules.action_plan.pages import (
    clearing,
    comment_sheet,
    consultation,
    consultation_desk,
    ideas,
    ideas_desk,
    matrix,
    receipts,
    responses,
    slips,
)

urlpatterns = [
    path("susun/<slug:plan_key>/usulan/", ideas.idea_list, name="ideas"),
    path("susun/<slug:plan_key>/usulan/kirim/", ideas.send, name="idea-send"),
    path("susun/<slug:plan_key>/usulan/asal/<slug:draft>/", ideas.ideas_behind, name="ideas-behind"),
    path("susun/<slug:plan_key>/usulan/<str:idea_number>/", ideas.idea_page, name="idea"),
    path("susun/<slug:plan_key>/tanda-terima/<str:item_number>/", receipts.receipt, name="intake-receipt"),
    path("susun/<slug:plan_key>/kode/", receipts.open_with_code, name="intake-code"),
    path("susun/<slug:plan_key>/kode/<str:code>/", receipts.open_with_code, name="intake-open"),
    path("susun/<slug:plan_key>/uji-publik/", consultation.public_tests, name="consultations"),
    path("susun/<slug:plan_key>/uji-publik/belum-ditanggapi/", consultation.unanswered, name="unanswered"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/", consultation.public_test, name="consultation"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/kirim/", consultation.send, name="comment-send"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/masukan/", consultation.comment_list, name="comments"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/matriks/", matrix.matrix_page, name="matrix"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/matriks.<slug:kind>", matrix.matrix_file, name="matrix-file"),
    path("susun/<slug:plan_key>/uji-publik/<uuid:test_id>/berita-acara/", matrix.record_page, name="test-minutes"),
    path(
        "susun/<slug:plan_key>/uji-publik/<uuid:test_id>/berita-acara.<slug:kind>",
        matrix.record_file,
        name="test-minutes-file",
    ),
    path("susun/<slug:plan_key>/masukan/<str:comment_number>/", consultation.comment_page, name="comment"),
    path("kelola/<slug:plan_key>/periksa/", clearing.clearing_queue, name="clearing"),
    path("kelola/<slug:plan_key>/periksa/<str:item_number>/", clearing.clear_item, name="clearing-item"),
    path("kelola/<slug:plan_key>/usulan/", ideas_desk.ideas_desk, name="ideas-desk"),
    path("kelola/<slug:plan_key>/usulan/masukkan/", ideas_desk.enter, name="idea-enter"),
    path("kelola/<slug:plan_key>/usulan/<str:idea_number>/", ideas_desk.work_on_idea, name="idea-work"),
    path("kelola/<slug:plan_key>/uji-publik/", consultation_desk.consultation_desk, name="consultation-desk"),
    path("kelola/<slug:plan_key>/uji-publik/buka/<slug:track>/", consultation_desk.open_test, name="consultation-open"),
    path(
        "kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/perpanjang/",
        consultation_desk.prolong,
        name="consultation-prolong",
    ),
    path("kelola/<slug:plan_key>/uji-publik/templat.<slug:kind>", comment_sheet.template, name="comments-template"),
    path(
        "kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/masukkan/",
        consultation_desk.enter_comments,
        name="comments-enter",
    ),
    path("kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/slip/", slips.slips, name="slips"),
    path("kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/lembar/", comment_sheet.upload, name="comments-sheet"),
    path("kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/tanggapan/", responses.worklist, name="responses"),
    path(
        "kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/tanggapan/terbitkan/",
        responses.publish,
        name="responses-publish",
    ),
    path(
        "kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/tanggapan/<uuid:response_id>/batal/",
        responses.discard,
        name="response-discard",
    ),
    path(
        "kelola/<slug:plan_key>/uji-publik/<uuid:test_id>/tanggapan/<uuid:response_id>/koreksi/",
        responses.correct,
        name="response-correct",
    ),
]

"""Addresses around enacted text and the way to OGP; included by `urls.py`."""

from django.urls import path

from lumbung.modules.action_plan.pages import enacting, enactment, submitting

PUBLIC, DESK = "susun/<slug:plan_key>/", "kelola/<slug:plan_key>/"

PATHS = [
    path(f"{PUBLIC}penetapan/", enactment.enacted, name="enactment"),
    path(f"{PUBLIC}penetapan/<slug:slug>/", enactment.enacted_commitment, name="enacted-commitment"),
    path(f"{PUBLIC}berkas/<int:number>/<slug:kind>/<str:language>/", enactment.export, name="export"),
    path(f"{DESK}penetapan/", enacting.desk, name="enactment-desk"),
    path(f"{DESK}penetapan/<slug:track>/dukungan/", enacting.register_endorsement, name="register-endorsement"),
    path(f"{DESK}penetapan/<slug:track>/dukungan/beri/", enacting.endorse, name="endorse"),
    path(f"{DESK}penetapan/<slug:track>/tetapkan/", enacting.enact, name="enact"),
    path(f"{DESK}perubahan/", enacting.amendments_desk, name="amendments-desk"),
    path(f"{DESK}perubahan/<slug:slug>/", enacting.propose_amendment, name="propose-amendment"),
    path(f"{DESK}perubahan/<uuid:amendment_id>/putuskan/", enacting.decide_amendment, name="decide-amendment"),
    path(f"{DESK}penyampaian/", submitting.desk, name="submission-desk"),
    path(f"{DESK}penyampaian/catatan/", submitting.write_note, name="write-note"),
    path(f"{DESK}penyampaian/catatan/<int:number>/", submitting.answer_note, name="answer-note"),
    path(f"{DESK}penyampaian/telaah-selesai/", submitting.finish_review, name="finish-review"),
    path(f"{DESK}penyampaian/berkas/", submitting.make_exports, name="make-exports"),
    path(f"{DESK}penyampaian/kirim/", submitting.submit_plan, name="submit-plan"),
    path(f"{DESK}penyampaian/jawaban-ogp/", submitting.keep_answer, name="keep-ogp-answer"),
    path(f"{DESK}formulir-ogp/", submitting.web_form, name="web-form"),
    path(f"{DESK}formulir-ogp/<slug:about>/", submitting.web_form_part, name="web-form-part"),
    path(f"{DESK}formulir-ogp/<slug:slug>/nomor/", submitting.public_id, name="public-id"),
]

"""Addresses of reports under a portal: /ntb/laporan/…"""

from django.urls import path

from lumbung.modules.reports.pages import feeds, officer, photos, public, reporter, submission

app_name = "reports"

urlpatterns = [
    path("", public.report_list, name="list"),
    path("unduh.csv", public.report_csv, name="csv"),
    path("umpan.atom", feeds.report_feed, name="feed"),
    path("lacak/", public.track, name="track"),
    path("kirim/", submission.what, name="what"),
    path("kirim/lokasi/", submission.where, name="where"),
    path("kirim/pelapor/", submission.who, name="who"),
    path("kirim/foto/<uuid:photo_id>/hapus/", submission.remove_photo, name="remove-photo"),
    path("buka/", reporter.open_report, name="open-form"),
    path("buka/<str:code>/", reporter.open_report, name="open"),
    path("kotak-masuk/", officer.inbox, name="inbox"),
    path("<str:number>/", public.report_detail, name="detail"),
    path("<str:number>/tanda-terima/", submission.receipt, name="receipt"),
    path("<str:number>/mengapa-tanggal-ini/", public.why_this_date, name="why"),
    path("<str:number>/tambah/", reporter.add, name="add"),
    path("<str:number>/foto/", photos.add_to_report, name="add-photos"),
    path("<str:number>/nyatakan-selesai/", reporter.confirm, name="confirm"),
    path("<str:number>/buka-kembali/", reporter.reopen, name="reopen"),
    path("<str:number>/cabut/", reporter.withdraw, name="withdraw"),
    path("<str:number>/kerja/", officer.work, name="work"),
    path("<str:number>/kerja/verifikasi/", officer.verify, name="verify"),
    path("<str:number>/kerja/tanya/", officer.ask, name="ask"),
    path("<str:number>/kerja/arsip/", officer.archive, name="archive"),
    path("<str:number>/kerja/alihkan/", officer.hand_out, name="hand-out"),
    path("<str:number>/kerja/disposisi/", officer.assign, name="assign"),
    path("<str:number>/kerja/terima/", officer.accept, name="accept"),
    path("<str:number>/kerja/kembalikan/", officer.give_back, name="give-back"),
    path("<str:number>/kerja/rencana/", officer.plan, name="plan"),
    path("<str:number>/kerja/tanggapan/", officer.respond, name="respond"),
    path("<str:number>/kerja/setujui/", officer.approve, name="approve"),
    path("<str:number>/kerja/perbaiki/", officer.send_back, name="send-back"),
    path("<str:number>/kerja/foto/<uuid:photo_id>/tampilkan/", photos.clear, name="clear-photo"),
    path("<str:number>/kerja/foto/<uuid:photo_id>/sembunyikan/", photos.keep_hidden, name="hide-photo"),
    path("<str:number>/kerja/bukti/", photos.add_evidence, name="add-evidence"),
    path("<str:number>/kerja/bukti/<uuid:evidence_id>/hapus/", photos.remove_evidence, name="remove-evidence"),
    path("<str:number>/kerja/identitas/", officer.reveal, name="reveal"),
    path("<str:number>/kerja/lembar-disposisi/", officer.assignment_sheet, name="sheet"),
]

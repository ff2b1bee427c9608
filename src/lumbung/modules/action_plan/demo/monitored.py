"""An invented plan that has ended: reports with evidence, a monitor who sees it otherwise, a note, replies in time.

Its institutions are invented, too: nobody real is made to say anything. Of the real plan nothing is made up.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from lumbung.core.access.viewers import NOBODY, HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.files import actions as files
from lumbung.core.files.kinds import EVIDENCE as DOCUMENTS
from lumbung.core.organisations import actions as organisations
from lumbung.modules.action_plan.actions import assessing, clearing, evidence, filing, remarks, reporting
from lumbung.modules.action_plan.actions.assessing import Ending, Inception
from lumbung.modules.action_plan.actions.evidence import EvidenceFacts
from lumbung.modules.action_plan.actions.loading import load_plan
from lumbung.modules.action_plan.actions.papers import Document
from lumbung.modules.action_plan.actions.reporting import ReportFacts
from lumbung.modules.action_plan.models import Commitment, Evidence, Plan, Remark, SelfReport, Term
from lumbung.modules.action_plan.queries import monitoring
from lumbung.modules.action_plan.queries.intake import Words

KEY, SLUG = "contoh-2024-2026", "jawaban-pulau-contoh"
TEXTS = Path(__file__).parent / "texts"
AGENCY, FORUM, MONITOR = "dinas-contoh", "forum-warga-contoh", "pemantau-contoh"
REMARK = uuid.UUID("3b0f9d3c-8a55-4a0c-9d2e-6f1f5c2a7e24")
REPORT_ADDRESS = "https://contoh.id/pemantauan/"
OPEN, PERSONAL = Evidence.Licence.PUBLIC_RECORD, Evidence.Licence.UNKNOWN
TOLD_FROM = datetime(2026, 10, 1, tzinfo=clock.WITA)
ViewerOf = Callable[[str], Viewer]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: accounts of the demonstration, in roles they hold in the invented institutions."""

    officer: Viewer
    head: Viewer
    monitor: Viewer
    forum: Viewer
    secretariat: Viewer


def play(viewer_of: ViewerOf, now: datetime) -> None:
    """The whole story, once; before its last day there is nothing to tell yet."""
    if now < TOLD_FROM or Plan.objects.filter(pk=KEY).exists():
        return

    def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
        return datetime(year, month, day, hour, tzinfo=clock.WITA)

    organisations.load_organisations(path=TEXTS / "monitored-organisations.csv", now=at(2024, 1, 15))
    load_plan(path=TEXTS / f"{KEY}.toml", now=at(2024, 2, 15))
    commitment = Commitment.objects.select_related("plan", "member__organisation").get(pk=SLUG)
    cast = _cast(viewer_of)
    _begun(commitment, cast, at)
    first = _reported_first(commitment, cast, at)
    _reported_again(commitment, cast, at, first)
    _answered(commitment, cast, at)
    _discussed(commitment, cast, at)
    _ended(commitment, cast, at)


At = Callable[..., datetime]


def _cast(viewer_of: ViewerOf) -> Cast:
    def in_role(name: str, role: str, organisation: str) -> Viewer:
        return replace(viewer_of(name), held=(HeldRole(role, organisation, ""),))

    return Cast(
        officer=in_role("komitmen.ntb", "plan_officer", AGENCY),
        head=in_role("kepala.komitmen.ntb", "plan_agency_head", AGENCY),
        monitor=in_role("pemantau.ksb", "plan_monitor", MONITOR),
        forum=in_role("oms.ntb", "forum_member", FORUM),
        secretariat=viewer_of("sekretariat.ntb"),
    )


def _begun(commitment: Commitment, cast: Cast, at: At) -> None:
    """The monitor codes the start and files its first report, in time."""
    coding = Inception(
        is_verifiable=True,
        is_relevant=True,
        novelty=_term(Term.Scale.NOVELTY, "new"),
        ambition=_term(Term.Scale.AMBITION, "positive"),
        words="Komitmen dapat diperiksa karena menyebut waktu yang dijanjikan. Kewajiban mencatat waktu terima belum"
        " diatur dalam peraturan, sehingga belum mengikat.",
    )
    assessing.assess(commitment=commitment, coding=coding, by=cast.monitor, now=at(2024, 4, 8))
    document = Document("Laporan awal pemantau (contoh)", f"{REPORT_ADDRESS}awal")
    filing.file_inception_report(member=commitment.member, document=document, by=cast.monitor, now=at(2024, 4, 12))


def _reported_first(commitment: Commitment, cast: Cast, at: At) -> Evidence:
    table = "bulan,laporan,dijawab sesuai janji\n2025-10,41,22\n2025-11,38,21\n2025-12,44,25\n"
    proof = _document(commitment, cast.officer, "Rekap waktu tanggapan TW IV 2025 (contoh)", table, at(2026, 1, 9))
    first, second, _third = commitment.milestones.order_by("number")
    facts = ReportFacts(
        2025,
        4,
        _term(Term.Scale.COMPLETION, monitoring.LIMITED),
        "Waktu terima sudah dicatat pada setiap laporan. Petugas piket ada di lima dari delapan pulau.",
        [proof],
        {first: date(2024, 7, 2), second: None},
    )
    _approved(commitment, facts, cast, at(2026, 1, 12), at(2026, 1, 15))
    return proof


def _reported_again(commitment: Commitment, cast: Cast, at: At, first: Evidence) -> None:
    table = "pulau,petugas piket\nPulau A,ada\nPulau B,ada\nPulau C,ada\nPulau D,ada\nPulau E,ada\nPulau F,ada\n"
    islands = _document(commitment, cast.officer, "Daftar petugas piket (contoh)", table, at(2026, 7, 7))
    names = "Daftar hadir pelatihan petugas piket, nama disamarkan (contoh)\n"
    attended = EvidenceFacts("Daftar hadir pelatihan", PERSONAL, has_personal_data=True, written=_written(names))
    training = evidence.name_evidence(commitment=commitment, facts=attended, by=cast.officer, now=at(2026, 7, 7, 10))
    second = commitment.milestones.get(number=2)
    facts = ReportFacts(
        2026,
        2,
        _term(Term.Scale.COMPLETION, monitoring.SUBSTANTIAL),
        "Petugas piket bertugas di enam pulau dan sudah dilatih. Sebagian besar laporan kini dijawab lebih cepat.",
        [first, islands, training],
        {second: date(2026, 5, 20)},
    )
    _approved(commitment, facts, cast, at(2026, 7, 9), at(2026, 7, 14))


def _answered(commitment: Commitment, cast: Cast, at: At) -> None:
    """Civil society signs a note; the agency replies within its days."""
    note = assessing.sign_note(
        commitment=commitment,
        words="Di dua pulau yang kami datangi pada Juni 2026, warga masih melapor lewat pesan pribadi kepada petugas"
        " karena nomor piket tidak diumumkan. Kami meminta nomor piket dipasang di kantor desa dan dermaga.",
        by=cast.forum,
        now=at(2026, 7, 20),
    )
    assessing.reply(
        to=note,
        words="Terima kasih. Nomor piket dipasang di kantor desa dan dermaga keenam pulau pada 27 Juli 2026. Dua pulau"
        " yang belum memiliki petugas dilayani dari pulau terdekat.",
        by=cast.head,
        now=at(2026, 7, 29),
    )


def _discussed(commitment: Commitment, cast: Cast, at: At) -> None:
    """A resident says something without an account; cleared, it is answered by the agency."""
    words = Words("Laporan saya soal lampu dermaga dijawab esok harinya. Nomor piketnya saya dapat dari tetangga.")
    sent_at = at(2026, 8, 3)
    sent = remarks.send_remark(commitment=commitment, words=words, draft_key=REMARK, by=NOBODY, now=sent_at)
    clearing.clear_words(item=sent.item, words=words, by=cast.secretariat, now=at(2026, 8, 4))
    remark = Remark.objects.select_related("commitment").get(draft_key=REMARK)
    answer = "Terima kasih. Nomor piket kini terpasang di dermaga dan dibacakan dalam pertemuan desa."
    remarks.answer_remark(remark=remark, words=answer, by=cast.head, now=at(2026, 8, 6))


def _ended(commitment: Commitment, cast: Cast, at: At) -> None:
    """The monitor finds less than the agency claims, with evidence of its own; the agency replies in time."""
    seen = "desa,laporan diperiksa,dijawab sesuai janji\nDesa A,12,5\nDesa B,9,4\nDesa C,15,7\n"
    visits = _document(commitment, cast.monitor, "Hasil kunjungan pemantau (contoh)", seen, at(2026, 9, 16))
    opened = Term.Scale.OPENED
    coding = Ending(
        completion=_term(Term.Scale.COMPLETION, monitoring.LIMITED),
        opened_information=_term(opened, "marginal"),
        opened_participation=_term(opened, "did_not_change"),
        opened_accountability=_term(opened, "marginal"),
        words="Dari 36 laporan yang kami periksa, 16 dijawab dalam waktu yang dijanjikan. Tonggak kedua tercapai di"
        " enam dari delapan pulau, tonggak ketiga tidak tercapai. Kami menilai penyelesaiannya terbatas.",
        lessons="Tetapkan kewajiban mencatat waktu terima dalam peraturan, dan umumkan nomor piket sejak awal.",
        evidence=[visits],
    )
    found = assessing.assess(commitment=commitment, coding=coding, by=cast.monitor, now=at(2026, 9, 18))
    document = Document("Laporan akhir pemantau (contoh)", f"{REPORT_ADDRESS}akhir")
    filing.file_end_report(commitment=commitment, document=document, by=cast.monitor, now=at(2026, 9, 28))
    assessing.reply(
        to=found,
        words="Kami menerima temuan ini. Laporan pada malam hari memang belum dijawab sesuai janji; jadwal piket malam"
        " berlaku sejak 1 Oktober 2026.",
        by=cast.head,
        now=at(2026, 9, 29),
    )


def _document(commitment: Commitment, by: Viewer, title: str, text: str, now: datetime) -> Evidence:
    facts = EvidenceFacts(title, OPEN, has_personal_data=False, written=_written(text))
    return evidence.name_evidence(commitment=commitment, facts=facts, by=by, now=now)


def _written(text: str) -> files.WrittenDocument:
    return files.write_document(text.encode(), accepted=DOCUMENTS)


def _approved(
    commitment: Commitment, facts: ReportFacts, cast: Cast, written_at: datetime, decided_at: datetime
) -> SelfReport:
    report = reporting.write_self_report(commitment=commitment, facts=facts, by=cast.officer, now=written_at)
    reporting.decide_self_report(report=report, approved=True, note="", by=cast.head, now=decided_at)
    return report


def _term(scale: str, key: str) -> Term:
    return Term.objects.filter(scale=scale, key=key).order_by("-valid_from")[0]

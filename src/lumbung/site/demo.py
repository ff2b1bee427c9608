"""Loads the demonstration: real regions and agencies, synthetic people and reports. Loading twice changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from lumbung.core.access import actions as access
from lumbung.core.access import queries as access_queries
from lumbung.core.access.models import Account
from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.declarations import Dataset
from lumbung.core.calendar import actions as calendar
from lumbung.core.datasets import actions as datasets
from lumbung.core.datasets import registry as dataset_registry
from lumbung.core.events import registry as event_registry
from lumbung.core.indicators import actions as indicators
from lumbung.core.organisations import actions as organisations
from lumbung.core.portals import actions as portals
from lumbung.core.regions import actions as regions
from lumbung.modules.action_plan import actions as action_plan
from lumbung.modules.action_plan.demo import plan as action_plan_demo
from lumbung.modules.action_plan.demo import story as action_plan_story
from lumbung.modules.open_data import datasets as open_data_datasets
from lumbung.modules.open_data.actions import asking_clocks, declared
from lumbung.modules.open_data.datasets import catalogue
from lumbung.modules.open_data.demo import planning as open_data_planning
from lumbung.modules.open_data.demo import requests as data_requests
from lumbung.modules.open_data.demo import stories as open_data_stories
from lumbung.modules.open_data.demo import story as open_data_story
from lumbung.modules.open_data.demo import tables as open_data_tables
from lumbung.modules.reports.actions import reference

DATA = Path(__file__).parent / "demo_data"
PASSWORD = "lumbung-contoh-2026"  # noqa: S105 - printed on the screen of every demo; demo mode is refused in production
SINCE = date(2026, 1, 1)
YEARS_BEFORE = 4
YEARS_AFTER = 2
MONTHS_OF_CATALOGUE = 6

PORTALS = {
    "ntb": {
        "region_id": "52",
        "government_id": "ntb",
        "name_id": "NTB Terbuka",
        "name_en": "Open NTB",
        "report_service_id": "NTB Care",
        "report_service_en": "NTB Care",
        "number_prefix": "NTB",
        "accent": "teal",
        "modules": ["reports", "action_plan", "open_data", "indicators"],
        "position": 0,
    },
    "ksb": {
        "region_id": "52.07",
        "government_id": "ksb",
        "name_id": "KSB Terbuka",
        "name_en": "Open KSB",
        "report_service_id": "Laporan Warga KSB",
        "report_service_en": "KSB Residents' Reports",
        "number_prefix": "KSB",
        "accent": "terracotta",
        "modules": ["reports", "action_plan", "open_data", "indicators"],
        "position": 1,
    },
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demonstration; names are titles, not people."""

    email: str
    name: str
    role: str
    organisation: str = ""
    region: str = ""


ACCOUNTS = (
    DemoAccount("koordinator.ntb@contoh.id", "Admin Koordinator NTB (contoh)", "coordinator", region="52"),
    DemoAccount("koordinator.ksb@contoh.id", "Admin Koordinator KSB (contoh)", "coordinator", region="52.07"),
    DemoAccount(
        "pupr.ntb@contoh.id", "Pejabat Penghubung PUPR NTB (contoh)", "agency_officer", organisation="ntb-pupr"
    ),
    DemoAccount("kepala.pupr.ntb@contoh.id", "Kepala Dinas PUPR NTB (contoh)", "agency_head", organisation="ntb-pupr"),
    DemoAccount(
        "pupr.ksb@contoh.id", "Pejabat Penghubung PUPR KSB (contoh)", "agency_officer", organisation="ksb-pupr"
    ),
    DemoAccount("kepala.pupr.ksb@contoh.id", "Kepala Dinas PUPR KSB (contoh)", "agency_head", organisation="ksb-pupr"),
    DemoAccount(
        "inspektorat.ntb@contoh.id",
        "Petugas Inspektorat NTB (contoh)",
        "receiving_officer",
        organisation="ntb-inspektorat",
    ),
    DemoAccount(
        "inspektorat.ksb@contoh.id",
        "Petugas Inspektorat KSB (contoh)",
        "receiving_officer",
        organisation="ksb-inspektorat",
    ),
    DemoAccount(
        "kepala.inspektorat.ksb@contoh.id", "Inspektur KSB (contoh)", "agency_head", organisation="ksb-inspektorat"
    ),
    DemoAccount("ppa.ksb@contoh.id", "Petugas UPTD PPA KSB (contoh)", "receiving_officer", organisation="ksb-uptd-ppa"),
    DemoAccount(
        "kec.seteluk@contoh.id",
        "Petugas Kecamatan Seteluk (contoh)",
        "receiving_officer",
        organisation="ksb-kec-seteluk",
    ),
    DemoAccount("kader.ksb@contoh.id", "Agen Gotong Royong KSB (contoh)", "intake_agent", region="52.07"),
    DemoAccount("sekretariat.ntb@contoh.id", "Sekretariat OGP Lokal NTB (contoh)", "plan_secretariat", region="52"),
    DemoAccount("sekretariat.ksb@contoh.id", "Sekretariat OGP Lokal KSB (contoh)", "plan_secretariat", region="52.07"),
    DemoAccount("ketua.ntb@contoh.id", "Ketua Forum Multipihak NTB (contoh)", "plan_chair", region="52"),
    DemoAccount("ketua.ksb@contoh.id", "Ketua Forum Multipihak KSB (contoh)", "plan_chair", region="52.07"),
    DemoAccount("gubernur.ntb@contoh.id", "Gubernur NTB (contoh)", "head_of_region", region="52"),
    DemoAccount("bupati.ksb@contoh.id", "Bupati Sumbawa Barat (contoh)", "head_of_region", region="52.07"),
    DemoAccount("fasilitator.ntb@contoh.id", "Fasilitator Kokreasi NTB (contoh)", "plan_facilitator", region="52"),
    DemoAccount("komitmen.ntb@contoh.id", "Penanggung Jawab Komitmen (contoh)", "plan_officer", "ntb-diskominfotik"),
    DemoAccount(
        "kepala.komitmen.ntb@contoh.id", "Kepala Diskominfotik (contoh)", "plan_agency_head", "ntb-diskominfotik"
    ),
    DemoAccount("oms.ntb@contoh.id", "Anggota Forum dari OMS (contoh)", "forum_member", "somasi-ntb"),
    DemoAccount("pemantau.ksb@contoh.id", "Lembaga Pemantau Independen (contoh)", "plan_monitor", "lrp2m-cordova"),
    DemoAccount("nasional@contoh.id", "Sekretariat Nasional OGI (contoh)", "national_secretariat"),
    DemoAccount("produsen.ntb@contoh.id", "Produsen Data PUPR NTB (contoh)", "data_producer", "ntb-pupr"),
    DemoAccount("pendukung.ntb@contoh.id", "Walidata Pendukung PUPR NTB (contoh)", "supporting_steward", "ntb-pupr"),
    DemoAccount("walidata.ntb@contoh.id", "Walidata NTB (contoh)", "data_steward", region="52"),
    DemoAccount("produsen.ksb@contoh.id", "Produsen Data PUPR KSB (contoh)", "data_producer", "ksb-pupr"),
    DemoAccount("walidata.ksb@contoh.id", "Walidata KSB (contoh)", "data_steward", region="52.07"),
    DemoAccount("pembina.ntb@contoh.id", "Pembina Data NTB (contoh)", "data_supervisor", region="52"),
    DemoAccount("forum.data.ntb@contoh.id", "Sekretariat Forum Satu Data NTB (contoh)", "data_forum", region="52"),
    DemoAccount("forum.data.ksb@contoh.id", "Sekretariat Forum Satu Data KSB (contoh)", "data_forum", region="52.07"),
    DemoAccount("kalender@contoh.id", "Pengelola Kalender (contoh)", "calendar_keeper"),
    DemoAccount("admin@contoh.id", "Administrator (contoh)", "administrator"),
)

Say = Callable[[str], None]


def load(*, now: datetime, say: Say) -> None:
    """Load everything the demonstration needs; `say` is told each step."""
    say("Wilayah NTB: 1 provinsi, 10 kabupaten/kota, 117 kecamatan, 1.166 desa/kelurahan")
    regions.load_regions(now=now)
    say("Perangkat daerah dan organisasi")
    organisations.load_organisations(path=DATA / "organisations.csv", now=now)
    say("Dua portal: NTB dan KSB")
    for slug, fields in PORTALS.items():
        portals.open_portal(slug=slug, fields=fields)
    say("Hari libur, cuti bersama, dan aturan batas waktu")
    _load_calendar(now)
    say("Topik laporan")
    reference.load_categories()
    say("Rencana Aksi Daerah 2021–2023: sembilan komitmen")
    action_plan.load_plan(path=action_plan.PLAN_2021, now=now)
    say("Akun contoh, satu untuk setiap peran")
    for account in ACCOUNTS:
        _load_account(account, now)
    say("Rencana aksi contoh, untuk mencoba cara menyusunnya")
    action_plan_demo.begin(secretariat_of={code: _viewer(f"sekretariat.{code}", now) for code in PORTALS}, now=now)


def load_neighbour(*, portal: str, datasets: int, now: datetime) -> None:
    """A second, small installation: one portal with open data alone, and some of its datasets."""
    regions.load_regions(now=now)
    organisations.load_organisations(path=DATA / "organisations.csv", now=now)
    portals.open_portal(slug=portal, fields=PORTALS[portal] | {"modules": ["open_data", "indicators"], "position": 0})
    _load_calendar(now)
    for account in ACCOUNTS:
        if f".{portal}@" in account.email or account.role == "administrator":
            _load_account(account, now)
    play_datasets(most=datasets, now=now, progress=lambda _done: None)


def _load_calendar(now: datetime) -> None:
    calendar.seed_from_library(years=range(now.year - YEARS_BEFORE, now.year + YEARS_AFTER + 1), now=now)
    calendar.load_rules(applies_to="reports", path=reference.DEADLINE_RULES, now=now)
    calendar.load_rules(applies_to="open_data", path=asking_clocks.DEADLINE_RULES, now=now)


def _viewer(name: str, now: datetime) -> Viewer:
    account = Account.objects.get(email=f"{name}@contoh.id")
    return access_queries.viewer_for(account, day=clock.local_day(now))


def open_doors() -> list[str]:
    """Active accounts whose password everyone knows, because the demonstration prints it."""
    emails = [account.email for account in ACCOUNTS]
    known = Account.objects.filter(email__in=emails, is_active=True).order_by("email")
    return [account.email for account in known if account.check_password(PASSWORD)]


def play_plan(*, now: datetime, say: Say) -> None:
    """Take the illustrated plan as far as it has come: forum, ideas, drafts, public test."""
    say("Kokreasi rencana aksi contoh")
    action_plan_story.play(viewer_of=lambda name: _viewer(name, now), now=now)


def count_datasets(most: int) -> int:
    """How many of the datasets that agencies bring are played when at most so many are asked for."""
    return len(open_data_story.stories(most))


def play_datasets(*, most: int, now: datetime, progress: Callable[[int], None]) -> None:
    """Let agencies bring their data, and the desks pass and publish them."""
    from lumbung.site.demo_officers import Officers  # noqa: PLC0415 - it looks up the accounts of this file

    open_data_story.play(most=most, desks=Officers(now=now), progress=progress)


def renew(*, now: datetime) -> None:
    """Bring a demonstration an earlier release loaded to what the plan's file says now; mostly nothing."""
    action_plan.load_plan(path=action_plan.PLAN_2021, now=now)


def publish(*, now: datetime, say: Say) -> None:
    """Publish every table once and compute its indicators; the daily job goes on from here."""
    from lumbung.site.demo_officers import Officers  # noqa: PLC0415 - it looks up the accounts of this file

    say("Data terbuka dan indikator")
    of_catalogue = {each.key for each in open_data_datasets.DATASETS}
    for moment in _month_ends(now):
        _publish_catalogue(moment)
    _publish_tables([each for each in dataset_registry.all_datasets() if each.key not in of_catalogue], now)
    open_data_tables.publish(desks=Officers(now=now), now=now)
    open_data_stories.publish(viewer_of=lambda name: _viewer(name, now), now=now)
    say("Daftar Data dan jadwal rilis")
    open_data_planning.play(viewer_of=lambda name: _viewer(name, now), now=now)
    data_requests.play(viewer_of=lambda name: _viewer(name, now), now=now)
    # The catalogue tells of all of them, and of the lists: it comes last.
    _publish_tables(open_data_datasets.DATASETS, now)


def _publish_tables(declared_tables: Iterable[Dataset], now: datetime) -> None:
    for dataset in declared_tables:
        for place in dataset.places():
            version = datasets.publish_at_the_console(dataset_key=dataset.key, place=place, now=now)
            indicators.compute_for_version(version=version, now=now)
    declared.take_in_all(now=now)


def _month_ends(now: datetime) -> list[datetime]:
    """The last evening of each of the last few months, oldest first."""
    found, moment = [], now
    for _month in range(MONTHS_OF_CATALOGUE):
        moment = moment.replace(day=1, hour=12) - timedelta(days=1)
        found.append(moment)
    return found[::-1]


def _publish_catalogue(moment: datetime) -> None:
    """The catalogue as it was at the end of a month, so that its figures have a course."""
    with event_registry.telling_history():
        for place in catalogue.CATALOGUE_PUBLIC.places():
            version = datasets.publish_at_the_console(dataset_key=catalogue.KEY, place=place, now=moment)
            indicators.compute_for_version(version=version, now=moment)
            declared.take_in(version_id=version.pk, now=moment)


def _load_account(wanted: DemoAccount, now: datetime) -> Account:
    account = access.invite_account(email=wanted.email, name=wanted.name, password=PASSWORD, actor=SYSTEM, now=now)
    access.grant_role(
        account=account,
        role=wanted.role,
        organisation_code=wanted.organisation,
        region_code=wanted.region,
        since=SINCE,
        until=None,
        standing="holder",
        by=None,
        actor=SYSTEM,
        now=now,
    )
    return account

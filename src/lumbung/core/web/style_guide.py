"""Specimens for the living page /gaya/: every part in every state, with invented content."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django import forms
from django.core.paginator import Paginator

from lumbung.core.regions import areas
from lumbung.core.web import charts, formatting
from lumbung.core.web.charts.places import rings_of

MOMENT = datetime(2026, 3, 26, 6, 30, tzinfo=UTC)
MONTHS = tuple(date(2025 + month // 12, month % 12 + 1, 1) for month in range(3, 15))
ON_TIME = (0.41, 0.44, 0.43, None, 0.49, 0.52, 0.5, 0.55, 0.57, 0.6, 0.58, 0.62)


class SpecimenForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Judul laporan", help_text="Satu kalimat. Contoh: jalan berlubang di depan SDN 1.")
    story = forms.CharField(label="Apa yang terjadi", widget=forms.Textarea(attrs={"rows": 4}))
    phone = forms.CharField(label="Nomor telepon", required=False, help_text="Hanya untuk kabar tentang laporan ini.")
    district = forms.ChoiceField(
        label="Kecamatan", choices=[("", "Pilih kecamatan"), ("1", "Seteluk"), ("2", "Taliwang")]
    )
    day = forms.DateField(label="Tanggal kejadian", widget=forms.DateInput(attrs={"type": "date"}))
    category = forms.ChoiceField(
        label="Tentang apa laporan ini?",
        widget=forms.RadioSelect,
        choices=[("road", "Jalan dan jembatan"), ("water", "Air bersih"), ("health", "Layanan kesehatan")],
    )
    secrecy = forms.MultipleChoiceField(
        label="Kerahasiaan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("anonymous", "Anonim"), ("confidential", "Rahasia")],
        help_text="Keduanya dapat dipilih bersama.",
    )
    agreed = forms.BooleanField(label="Saya sudah membaca ketentuan layanan")


def context_for(query: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page shows; `tema` and `portal` choose how it looks."""
    theme = {"terang": "light", "gelap": "dark"}.get(query.get("tema", ""), "")
    accent = "terracotta" if query.get("portal") == "ksb" else "teal"
    return {
        "chosen_theme": theme,
        "accent": accent,
        "form": SpecimenForm(prefix="blank"),
        "refused_form": SpecimenForm({"wrong-title": "Jalan rusak", "wrong-day": "31-02-2026"}, prefix="wrong"),
        "moment": MOMENT,
        "page": Paginator(range(240), 10).page(7),
        "timeline": _timeline(),
        "columns": COLUMNS,
        "rows": ROWS,
        "spark": charts.spark_line(ON_TIME, "Tepat waktu, April 2025 sampai Maret 2026"),
        "figures": _figures(formatting.language_now()),
    }


def _timeline() -> list[dict[str, Any]]:
    return [
        {"at": date(2026, 3, 26), "title": "Diterima", "detail": "melalui aplikasi"},
        {"at": date(2026, 3, 27), "title": "Diverifikasi, diteruskan ke Dinas PUPR"},
        {"at": date(2026, 3, 30), "title": "Dinas PUPR: tim meninjau lokasi", "url": "#riwayat", "url_label": "Bukti"},
        {"at": date(2026, 4, 2), "title": "Melewati batas waktu", "kind": "late"},
        {"when": "Berikutnya", "title": "Tanggapan Dinas PUPR", "detail": "paling lambat 6 April 2026", "kind": "next"},
    ]


COLUMNS = (
    {"key": "agency", "label": "Perangkat daerah", "numeric": False},
    {"key": "received", "label": "Diterima", "numeric": True},
    {"key": "share", "label": "Tepat waktu", "numeric": True},
)
ROWS = (
    {"agency": "Dinas PUPR", "received": "1.204", "share": "58%"},
    {"agency": "Dinas Kesehatan", "received": "386", "share": "81%"},
    {"agency": "Dinas Perhubungan", "received": "97", "share": "data tidak tersedia"},
)


def _figures(language: str) -> dict[str, charts.Chart]:
    return {
        "lying": charts.bar_chart(_bars("lying"), language),
        "standing": charts.bar_chart(_bars("standing"), language),
        "line": charts.line_chart(_line(), language),
        "panels": charts.panel_chart(_panels(), language),
        "step": charts.step_chart(_steps(), language),
        "share": charts.share_bar(_shares(), language),
        "places": charts.choropleth(_places(), language),
    }


def _bars(direction: Any) -> charts.BarChart:
    return charts.BarChart(
        title="Laporan tepat waktu menurut perangkat daerah",
        finding="Dinas Kesehatan 81 persen, tertinggi dari empat perangkat daerah; Dinas PUPR 58 persen.",
        bars=(
            charts.Bar("Kesehatan", 0.81, 0.77, 0.85),
            charts.Bar("Dukcapil", 0.74, 0.68, 0.79),
            charts.Bar("PUPR", 0.58, 0.55, 0.61, main=True),
            charts.Bar("Perhubungan", None),
        ),
        category="Perangkat daerah",
        measure="Tepat waktu",
        unit="share",
        direction=direction,
    )


def _line() -> charts.LineChart:
    ours = tuple(
        charts.Point(day, share, share - 0.04, share + 0.04) if share is not None else charts.Point(day, None)
        for day, share in zip(MONTHS, ON_TIME, strict=True)
    )
    others = tuple(charts.Point(day, 0.45 + index * 0.008) for index, day in enumerate(MONTHS))
    return charts.LineChart(
        title="Laporan selesai tepat waktu",
        finding="Naik dari 41 persen pada April 2025 menjadi 62 persen pada Maret 2026; targetnya 80 persen.",
        lines=(charts.Line("KSB", ours, main=True), charts.Line("NTB", others)),
        unit="share",
        rules=(charts.Rule("Target", 0.8), charts.Rule("Data awal", 0.35, "baseline")),
        time_label="Bulan",
    )


def _panels() -> charts.PanelChart:
    lines = tuple(
        charts.Line(
            name,
            tuple(
                charts.Point(date(year, 1, 1), 40 + place * 3 + (year - 2020) * 4.5, is_marked=year == 2025)
                for year in range(2020, 2026)
            ),
        )
        for place, name in enumerate(("Jereweh", "Taliwang", "Seteluk", "Maluk"))
    )
    return charts.PanelChart(
        title="Cakupan air minum (persen), tahun demi tahun",
        finding="Empat wilayah berdampingan; angka 2025 masih sementara.",
        lines=lines,
        time_label="Tahun",
        unit="decimal",
        time_unit="year",
    )


def _steps() -> charts.StepChart:
    shares = (1, 0.94, 0.86, 0.75, 0.66, 0.58, 0.49, 0.41, 0.36, 0.3, 0.27)
    points = tuple(
        charts.StepPoint(
            index * 2.0,
            share,
            max(share - 0.02 - index * 0.004, 0),
            min(share + 0.02 + index * 0.004, 1),
            round(3000 * share * (1 - index * 0.03)),
        )
        for index, share in enumerate(shares)
    )
    return charts.StepChart(
        title="Berapa lama laporan belum selesai",
        finding="Separuh laporan selesai dalam 12 hari; setelah 20 hari 27 persen belum selesai.",
        points=points,
        axis="Hari sejak diterima",
        measure="Belum selesai",
        median_label="Median, hari:",
        median_days=12,
        at_risk_label="Laporan yang masih diamati",
    )


def _shares() -> charts.ShareBar:
    return charts.ShareBar(
        title="Keadaan laporan",
        finding="Enam dari sepuluh laporan selesai.",
        parts=(
            charts.Share("Selesai", 1812),
            charts.Share("Sedang ditindaklanjuti", 702),
            charts.Share("Menunggu", 486),
        ),
        category="Keadaan",
        measure="Laporan",
        share_label="Bagian",
    )


def _places() -> charts.Choropleth:
    places = tuple(
        charts.Place(name, rings, None if index == 4 else round(4.5 + index * 1.7, 1))
        for index, (name, rings) in enumerate(_areas())
    )
    return charts.Choropleth(
        title="Laporan per 1.000 warga menurut kabupaten/kota",
        finding="Angka contoh; satu wilayah tanpa data.",
        places=places,
        category="Kabupaten/kota",
        measure="Laporan per 1.000 warga",
        missing="tidak tersedia",
        unit="decimal",
    )


@cache
def _areas() -> tuple[tuple[str, Any], ...]:
    features = json.loads(areas.collection("regency", "52")[0])["features"]
    return tuple((str(feature["properties"]["name"]), rings_of(feature["geometry"])) for feature in features)

"""How notes name an agency: short, as officers do."""

from collections.abc import Mapping
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "pupr": "Dinas PUPR", "dlh": "Dinas Lingkungan Hidup", "dishub": "Dinas Perhubungan", "dinkes": "Dinas Kesehatan",
    "dikbud": "Dinas Dikbud", "dinsos": "Dinas Sosial", "disdukcapil": "Disdukcapil", "diskominfo": "Dinas Kominfo",
    "satpolpp": "Satpol PP", "bpbd": "BPBD", "perkim": "Dinas Perkim", "pdam": "perusahaan air minum daerah",
    "dpmd": "DPMD", "inspektorat": "Inspektorat", "uptd_ppa": "UPTD PPA", "dpmptsp": "DPMPTSP", "bappeda": "Bappeda",
    "organisasi": "unit organisasi Sekretariat Daerah", "dagang": "dinas yang membidangi perdagangan",
    "pertanian": "Dinas Pertanian", "esdm": "unit yang membidangi energi", "kecamatan": "pemerintah kecamatan",
}  # fmt: skip
PROVINCE_NAMES: Final[Mapping[str, str]] = {
    "diskominfo": "Diskominfotik", "dlh": "Dinas LHK", "disdukcapil": "DPMPD-Dukcapil", "dpmd": "DPMPD-Dukcapil",
    "organisasi": "Biro Organisasi", "dagang": "Dinas Perdagangan", "esdm": "Dinas ESDM",
}  # fmt: skip


def office_name(agency_kind: str, portal: str) -> str:
    """Name of the agency with this duty at the government behind the portal."""
    return (PROVINCE_NAMES.get(agency_kind) if portal == "ntb" else None) or NAMES[agency_kind]

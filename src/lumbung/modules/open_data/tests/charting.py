"""A published table with time, region, kind and value marks: what charts are drawn from."""

from tests.cast import NOW

from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import catalogue, releases
from lumbung.modules.open_data.tests import bringing, publishing

KEY = "penduduk-kecamatan"
HEAD = "tahun,kode_kabupaten,jenis_kelamin,penduduk,ipm\n"
PEOPLE = HEAD + "".join(
    f"{year},52.{number:02d},{sex},{number * 100 + year - 2020}{'*' if year == 2025 else ''},{70 + number}.5\n"
    for year in (2022, 2023, 2025)
    for number in range(1, 9)
    for sex in "LP"
)
COMBINING = {"penduduk": "stock", "ipm": "none"}
UNITS = {"penduduk": "jiwa", "ipm": "poin"}


def published(people, tmp_path, *, text=PEOPLE, key=KEY, combining=COMBINING, access="open", now=NOW):
    """Its first release, with what each column means."""
    draft = bringing.begin(people, key=key)
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=text, name="penduduk.csv"))
    variables = {field["name"]: _variable(field["name"], combining) for field in table.schema["fields"]}
    bringing.confirm(people, table, variables=variables)
    bringing.describe(people, draft)
    Dataset.objects.filter(pk=draft.dataset_id).update(access=access)
    return publishing.release_of(people, draft, now=now)


def _variable(name, combining):
    told = bringing.variable(name, is_code=name.startswith("kode"))
    return told | {"unit": UNITS.get(name, ""), "combining": combining.get(name, "")}


def table_of(release):
    return catalogue.tables_of(release)[0]


def again():
    dataset = Dataset.objects.get(key=KEY)
    return dataset, releases.newest_of(dataset)

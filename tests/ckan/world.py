"""The same two datasets in both: published here by everyone whose turn it is, then stored in CKAN under our ids."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client
from tools.peers.ckan_server import Answer, Ckan

from lumbung.core.tables import descriptors
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published, release_of
from tests.ckan.requests import Request

ROADS = """kode,kabupaten,panjang_km,kondisi_baik_km
52.01,Lombok Barat,812.5,601.25
52.07,Sumbawa Barat,640.0,498.5
52.08,Lombok Utara,12.5,
52.03,"Lombok, Timur",12.5,12.5
"""
KINDS = """kode,tanggal,jumlah,berlaku,waktu,catatan
52.01,2025-01-01,3,true,2025-01-01T07:30:00,"kata ""dikutip"" lalu"
52.07,2025-02-01,9,false,2025-02-01T07:30:00,"a, b"
52.08,,,,,
52.03,2025-03-15,0,true,2025-03-01T00:00:00,é–ü
"""
TYPES = {"tanggal": "date", "jumlah": "integer", "berlaku": "boolean", "waktu": "datetime"}


@dataclass(slots=True)
class Ours:
    """Our side: asked as any program asks, without a server between."""

    client: Client
    ids: dict[str, str]

    def ask(self, request: Request) -> Answer:
        address, body, kind = filled(request.address, self.ids), request.body, request.content_type
        if body is None:
            response = self.client.get(address)
        else:
            response = self.client.post(address, filled(body.decode(), self.ids), content_type=kind)
        told = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, response.headers["Content-Type"], told)

    def result(self, action: str, **params: Any) -> Any:
        answer = self.client.post(f"/api/3/action/{action}", json.dumps(params), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]


def filled(text: str, ids: dict[str, str]) -> str:
    """The request with the ids of this run, also where an address has written the braces otherwise."""
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value).replace(f"%7B{name}%7D", value)
    return text


def ours(people, tmp_path) -> Ours:
    """Two published datasets."""
    roads = published(people, tmp_path, text=ROADS, key="panjang-jalan")
    draft = bringing.begin(people, key="segala-jenis", title="Segala jenis kolom")
    table = bringing.read(people, bringing.bring(people, draft, tmp_path, text=KINDS, name="jenis.csv"))
    told = dict(table.schema)
    told["fields"] = [{**each, "type": TYPES.get(each["name"], each["type"])} for each in told["fields"]]
    bringing.confirm(people, table, schema=descriptors.write(descriptors.read(told)))
    kinds = release_of(people, bringing.describe(people, draft))
    ids = {
        "roads": str(roads.tables.get().resource_id),
        "kinds": str(kinds.tables.get().resource_id),
        "package": roads.dataset.name,
        "package_id": str(roads.dataset_id),
    }
    return Ours(Client(), ids)


def copy_to(ckan: Ckan, side: Ours) -> None:
    """Store in CKAN what we answer, as `ckanapi load` would, and the rows with the types we tell."""
    for name in side.result("group_list"):
        told = side.result("group_show", id=name)
        ckan.act("group_create", name=name, title=told["title"])
    for name in side.result("organization_list"):
        told = side.result("organization_show", id=name)
        ckan.act("organization_create", name=name, title=told["title"])
    for name in side.result("package_list"):
        package = side.result("package_show", id=name)
        told = {key: value for key, value in package.items() if key not in NOT_LOADED}
        ckan.act("package_create", **told, groups=[{"name": group["name"]} for group in package["groups"]])
        for resource in package["resources"]:
            _copy_rows(ckan, side, resource["id"])


# What CKAN writes itself.
NOT_LOADED = {"organization", "metadata_created", "metadata_modified", "creator_user_id", "isopen", "license_title"} | {
    "groups"
}


def _copy_rows(ckan: Ckan, side: Ours, resource_id: str) -> None:
    schema = side.result("datastore_info", id=resource_id)["fields"]
    fields = [{"id": field["id"], "type": field["type"], "info": field["info"]} for field in schema]
    rows = side.result("datastore_search", resource_id=resource_id, limit=32_000)["records"]
    records = [{key: value for key, value in row.items() if key != "_id"} for row in rows]
    told = {"resource_id": resource_id, "fields": fields, "records": records}
    # Counting later would be a job for Redis.
    ckan.act("datastore_create", force=True, calculate_record_count=False, **told)

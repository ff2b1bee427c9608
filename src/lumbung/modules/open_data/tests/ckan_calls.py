"""Calling the Action API as a program of an agency does: with a key, and without any cookie."""

import json
from datetime import timedelta
from pathlib import Path

from django.test import Client

from lumbung.core.base import clock
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import keys
from lumbung.modules.open_data.models import DraftTable
from lumbung.modules.open_data.states import CLOSED

COLUMNS = [
    {
        "id": "kode_kabupaten",
        "type": "text",
        "info": {"label": "Kode", "notes": "Kode wilayah", "classification": "wilayah"},
    },
    {"id": "panjang_km", "type": "numeric", "info": {"label": "Panjang", "notes": "Panjang jalan", "unit": "km"}},
]
ROWS = '[{"kode_kabupaten": "52.01", "panjang_km": 812.50}, {"kode_kabupaten": "52.07", "panjang_km": 640}]'


def key_for(people, name="produsen.ntb", *, scopes=tuple(permissions.SCOPES), organisation="ntb-pupr"):
    """What opens a fresh key of that agency."""
    now = clock.now()
    made = keys.make_key(
        organisation=Organisation.objects.get(code=organisation),
        name="uji",
        scopes=scopes,
        expires_on=clock.local_day(now) + timedelta(days=30),
        by=people.viewer(name),
        now=now,
    )
    return made[1]


class Program:
    """A program with a key, or without one."""

    def __init__(self, secret="", *, portal="", client=None):
        self.client = client or Client(raise_request_exception=False)
        self.headers = {"Authorization": secret} if secret else {}
        self.base = f"/{portal}/api/3/action/" if portal else "/api/3/action/"

    def send(self, action, body, *, content_type="application/json"):
        """The answer to a body as it stands."""
        return self.client.post(self.base + action, body, content_type=content_type, headers=self.headers)

    def ask(self, action, **params):
        """The result of a call that is right."""
        answer = self.send(action, json.dumps(params))
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["result"]

    def refused(self, action, **params):
        """Status and error of a call that is not."""
        answer = self.send(action, json.dumps(params))
        told = answer.json()
        assert told["success"] is False
        return answer.status_code, told["error"]


def text_of(name="data"):
    """The rows of the one table of that slug, as they stand in its file."""
    table = DraftTable.objects.exclude(draft__state__in=CLOSED).get(slug=name)
    return Path(table.plain["plain"]["path"]).read_bytes().decode()

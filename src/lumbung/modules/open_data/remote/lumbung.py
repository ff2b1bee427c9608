"""Pages of what another Lumbung tells of its datasets, each with the entry of its public log that proves it.

    {"v": 1, "origin": name of the log, "checkpoint": signed note, "next": address or "",
     "items": [{"record": {…}, "metadata": RFC 8785 text, "index": n, "entry": base64, "proof": [base64, …]}]}

The record is not believed where the metadata say something else: titles, licence and files are read from what the
entry covers. The proof itself is checked by whoever knows the key of that log.
"""

import base64
import hashlib
import json
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Gathered, Page, Record, Unfit, Unreadable

VERSION = 1
EVENT = "open_data.release_published"
DOCUMENT = "umpan.json"
# What an installation answers, with 503, in the minute before its log is signed for the first time.
NOT_SIGNED_YET = "not-signed-yet"


def address_of(base: str) -> str:
    """Where the first page stands below a portal's address."""
    return f"{base.rstrip('/')}/data/{DOCUMENT}"


def read(content: bytes, *, base: str) -> Page:
    """One page of it."""
    told = records.parsed(content)
    items = told.get("items") if isinstance(told, dict) and told.get("v") == VERSION else None
    fits = isinstance(items, list) and all(isinstance(told.get(key), str) for key in ("origin", "checkpoint", "next"))
    if not isinstance(items, list) or not fits:
        raise Unreadable("not-lumbung")
    gathered = Gathered()
    for item in items:
        name = item["record"].get("name") if isinstance(item, dict) and isinstance(item.get("record"), dict) else ""
        try:
            gathered.add(_record(item, told["origin"], base))
        except Unfit as unfit:
            gathered.refuse(unfit.code, identity=name, title=name)
        except (KeyError, TypeError, ValueError, AttributeError, NotBase64, RecursionError):
            gathered.refuse("not-a-dataset", identity=name, title=name)
    return gathered.page(records.address(told["next"], base), checkpoint=told["checkpoint"])


def _record(item: Mapping[str, Any], origin: str, base: str) -> Record:
    shown, metadata = item["record"], json.loads(item["metadata"])
    event = json.loads(base64.b64decode(item["entry"], validate=True))
    fingerprint = hashlib.sha256(item["metadata"].encode()).hexdigest()
    if event["type"] != EVENT or event["data"]["metadata_sha256"] != fingerprint:
        raise Unfit("not-what-the-log-says")
    if event["data"]["dataset"] != shown["name"]:
        raise Unfit("not-what-the-log-says")
    proven = {str(table).rpartition(":")[2] for table in event["data"]["tables"]}
    if any(file["format"] == "CSV" and file["sha256"] not in proven for file in shown["files"]):
        raise Unfit("not-what-the-log-says")
    said = metadata["dataset"]
    found = records.record(
        identity=f"{origin}/{shown['name']}",
        name=shown["name"],
        title=said["title"],
        summary=said.get("summary"),
        publisher=shown.get("publisher"),
        page=shown["page"],
        licence=said.get("licence"),
        access=shown.get("access"),
        frequency=said.get("frequency"),
        topics=[said.get("topic")],
        place=said.get("place"),
        period=((said.get("period") or {}).get("from"), (said.get("period") or {}).get("to")),
        modified=event["on"],
        keywords=said.get("keywords") or (),
        files=shown["files"],
        base=base,
    )
    proof = {"entry": item["entry"], "index": int(item["index"]), "steps": list(item["proof"])}
    return found | {"proof": {"origin": origin, "metadata_sha256": fingerprint, "csv": sorted(proven)} | proof}

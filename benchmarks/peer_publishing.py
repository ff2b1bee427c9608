"""Brings one CSV into the installation of LUMBUNG_HOME and publishes it: every step as a person would press it.

Run: python -m benchmarks.peer_publishing file.csv
"""

import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.site.settings")


def main(source: Path) -> None:
    """Bring, read, confirm, describe, submit, pass twice, publish."""
    import django  # noqa: PLC0415

    django.setup()
    from tests import cast  # noqa: PLC0415

    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.core.jobs import runner  # noqa: PLC0415
    from lumbung.core.tables import descriptors  # noqa: PLC0415
    from lumbung.core.tables.shapes import Look  # noqa: PLC0415
    from lumbung.modules.open_data.actions import publishing, tables, workflow  # noqa: PLC0415
    from lumbung.modules.open_data.queries import drafts as known  # noqa: PLC0415
    from lumbung.modules.open_data.tests import bringing  # noqa: PLC0415

    people = cast.named()
    producer, now = people.viewer("produsen.ntb"), clock.now()
    draft = bringing.begin(people, key="tolok-ukur", title="Tolok ukur")
    copied = source.parent / ".incoming" / "kiriman"
    copied.parent.mkdir(exist_ok=True)
    shutil.copy(source, copied)
    told = {"name": source.name, "title": "Tabel", "slug": "data"}
    table = tables.bring_file(draft=draft, source=copied, **told, by=producer, now=now)
    runner.run_due()
    table = bringing.fresh(table)
    tables.choose_reading(table=table, reading=Look.from_json(table.look).reading, by=producer, now=now)
    runner.run_due()
    table = bringing.fresh(table)
    schema = dict(table.schema)
    kinds = {"tahun": "integer", "jumlah": "integer", "nilai": "number", "tanggal": "date", "aktif": "boolean"}
    schema["fields"] = [{**each, "type": kinds.get(each["name"], "string")} for each in schema["fields"]]
    names = [each["name"] for each in schema["fields"]]
    variables = {name: bringing.variable(name, is_code=name == "kode_wilayah") for name in names}
    bringing.confirm(people, table, schema=descriptors.write(descriptors.read(schema)), variables=variables)
    bringing.describe(people, draft)
    current = known.open_draft_of(draft.dataset)
    told = {"seen": current.version, "note": "", "release_on": None}
    workflow.submit(draft=current, by=producer, now=now, **told)
    for name in ("pendukung.ntb", "walidata.ntb"):
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=now)
    current = known.open_draft_of(draft.dataset)
    publishing.publish(draft=current, by=people.viewer("walidata.ntb"), now=now + timedelta(seconds=1))
    runner.run_due()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

"""A portal of somebody else: a real server on this machine, whose answers a test sets."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.cast import NOW

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import harvest_sources, harvesting
from lumbung.modules.open_data.models import HarvestRun


class Portal(BaseHTTPRequestHandler):
    """Answers from `server.answers`; with an ETag where it is asked by one."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("If-None-Match", "")))
        status, kind, content = self.server.answers.get(self.path, (404, "text/plain", b""))
        etag = f'"{hash(content)}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, content = 304, b""
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.moved)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Say nothing."""


class Remote:
    """What a test does with it."""

    def __init__(self, port=0):
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Portal)
        self.server.answers, self.server.asked = {}, []
        self.socket = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.socket}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def answer(self, path, content, *, kind="text/csv", status=200):
        self.server.answers[path] = (status, kind, content.encode() if isinstance(content, str) else content)

    @property
    def asked(self):
        return self.server.asked

    def end(self):
        self.server.shutdown()
        self.server.server_close()


def listed(*names, more=""):
    """A CSV list of datasets by name."""
    rows = [f"{name},Jumlah {name}{more},Ringkasan {name},Dinas Contoh,CC-BY-4.0,berkas/{name}.csv" for name in names]
    return "id,judul,ringkasan,penerbit,lisensi,berkas\n" + "\n".join(rows) + "\n"


def source_of(people, address, *, kind="csv_lists", key="tetangga", every="day", now=NOW):
    """A source the steward of the province begins; its first run is on the queue."""
    return harvest_sources.begin_source(
        portal=people.ntb,
        producer=Organisation.objects.get(code="ksb"),
        key=key,
        title="Portal Data Tetangga",
        kind=kind,
        address=address,
        every=every,
        by=people.viewer("walidata.ntb"),
        now=now,
    )


def run_to_its_end(source, *, now=NOW):
    """The run under way, step by step as a worker does; where none is, one that begins now."""
    source.refresh_from_db()
    run = harvesting.begin_run(source=source, by=None, now=now)
    while run.state == HarvestRun.State.OPEN:
        run = harvesting.step(run_id=str(run.pk), number=run.step, now=now)
    return run


def counts(run):
    return {name: getattr(run, name) for name in ("seen", "new", "changed", "unchanged", "refused", "missing", "gone")}

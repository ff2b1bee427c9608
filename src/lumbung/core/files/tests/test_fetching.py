"""An address somebody typed is fetched from the public net only, small and in time; never from inside our own net."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lumbung.core.files import fetching
from lumbung.core.files.fetching import NotFetched

ANSWERS = {
    "/rapor": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>rapor</p>"),
    "/besar": (200, {}, b"x" * 2_000),
    "/hilang": (404, {}, b""),
    "/rusak": (500, {}, b""),
    "/pindah": (302, {"Location": "/rapor"}, b""),
    "/berputar": (302, {"Location": "/berputar"}, b""),
    "/ke-dalam": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/ke-berkas": (302, {"Location": "file:///etc/passwd"}, b""),
}


class Web(BaseHTTPRequestHandler):
    """A small web with pages that are fine, gone, broken, turning in circles, or leading inside."""

    def do_GET(self):
        if self.path == "/lambat":
            self._drip()
            return
        if self.path == "/putus":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsebagian")
            return
        status, headers, content = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self):
        self.server.taken.append((self.headers["X-Tanda"], self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(ANSWERS[self.path][0])
        self.send_header("Location", "/rapor")
        self.end_headers()

    def _drip(self):
        """Headers that never end: each piece comes in time, the whole never does."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.is_over.wait(0.05):
            try:
                self.wfile.write(b"X-Pelan: ya\r\n")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="module")
def web():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    server.is_over, server.taken = threading.Event(), []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.is_over.set()
    server.shutdown()
    server.server_close()


def loopback(address, _port):
    return address == "127.0.0.1"


def reason(url, **more):
    with pytest.raises(NotFetched) as failed:
        fetching.fetch(url, **more)
    return failed.value.kind, failed.value.reason


def test_a_page_comes_with_its_bytes_and_kind_also_after_a_redirect(web):
    for path in ("/rapor", "/pindah"):
        found = fetching.fetch(web + path, is_allowed=loopback)
        assert (found.content, found.mime, found.address) == (b"<p>rapor</p>", "text/html", f"{web}/rapor")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/hilang", ("gone", "not-there")),
        ("/rusak", ("unreachable", "answer-not-ok")),
        ("/berputar", ("refused", "redirected-too-often")),
        ("/ke-dalam", ("refused", "host-not-public")),
        ("/ke-berkas", ("refused", "address-not-http")),
    ],
)
def test_what_is_not_a_page_is_told_by_its_reason(web, path, told):
    assert reason(web + path, is_allowed=loopback) == told


def test_what_is_too_large_or_never_ends_is_cut(web):
    assert reason(web + "/besar", is_allowed=loopback, most_bytes=1_000) == ("unreachable", "too-large")
    assert reason(web + "/lambat", is_allowed=loopback, seconds=0.3) == ("unreachable", "too-slow")
    assert reason(web + "/putus", is_allowed=loopback) == ("unreachable", "no-connection")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ],
)
def test_nothing_inside_our_own_net_is_ever_fetched(url):
    assert reason(url) == ("refused", "host-not-public")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:8000/", "port-not-usual"),
        ("ftp://contoh.id/", "address-not-http"),
        ("gopher://contoh.id/", "address-not-http"),
        ("file:///etc/passwd", "address-not-http"),
        ("https:///tanpa-nama", "address-not-http"),
        ("https://contoh.id:99999/", "address-not-http"),
        ("https://nama:sandi@contoh.id/", "address-has-a-password"),
        ("https://contoh.id/a\r\nHost: lain", "address-not-http"),
    ],
)
def test_an_address_of_another_kind_is_refused_before_anything_is_asked(url, told):
    assert reason(url) == ("refused", told)


def test_a_public_address_on_a_port_of_the_web_is_allowed():
    assert fetching.is_public("8.8.8.8", 443)
    assert not fetching.is_public("8.8.8.8", 22)


def test_a_body_is_posted_once_encrypted_only_and_follows_nowhere(web):
    told = {"headers": {"X-Tanda": "abc"}, "is_allowed": loopback}
    with pytest.raises(NotFetched) as refused:
        fetching.send(f"{web}/rapor", b"{}", **told)
    assert refused.value.reason == "address-not-https"
    assert fetching.send(f"{web}/pindah", b"{}", schemes=frozenset({"http"}), **told) == 302
    with pytest.raises(NotFetched) as inside:
        fetching.send("https://127.0.0.1/", b"{}", headers={})
    assert inside.value.reason == "host-not-public"

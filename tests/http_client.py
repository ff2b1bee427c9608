"""A small browser for tests that talk to a real server: keeps cookies, fills in forms, follows redirects when told to.

browser = Browser(8301)
page = browser.get("/ksb/laporan/kirim/")
page = browser.submit(page, {"category": "road", "text": "Jalan berlubang"})
"""

import http.client
import http.cookies
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT_SECONDS = 30
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file chosen in a form."""

    name: str
    content: bytes
    content_type: str = "image/jpeg"


@dataclass(slots=True)
class Form:
    """One form of a page with what it would send untouched."""

    action: str
    method: str
    encoding: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method, encoding = given.get("method", "get").lower(), given.get("enctype", "")
            self._open = Form(given.get("action", ""), method, encoding)
            self.forms.append(self._open)
        elif self._open is not None:
            self._read(tag, given)

    def _read(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name:
            ticked = kind not in {"checkbox", "radio"} or "checked" in given
            if kind in {"radio", "checkbox"}:
                self._open.choices.setdefault(name, []).append(given.get("value", "on"))
            if ticked and kind not in {"submit", "file", "button"}:
                self._open.fields[name] = given.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea":
            self._textarea = name
            self._open.fields[name] = ""
        elif tag == "select":
            self._select = name
            self._open.choices[name] = []
            self._open.fields.setdefault(name, "")
        elif tag == "option" and self._select:
            self._open.choices[self._select].append(given.get("value", ""))
            if "selected" in given:
                self._open.fields[self._select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            if self._open is not None:
                # A browser drops the first line break of a textarea.
                self._open.fields[self._textarea] = self._open.fields[self._textarea].removeprefix("\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answered."""

    status: int
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        """Where a redirect leads; empty otherwise."""
        return self.headers.get("location", "") if self.status in REDIRECTS else ""

    def forms(self) -> list[Form]:
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form(self, holding: str = "") -> Form:
        """The first form that is sent by POST and has the field `holding`."""
        for form in self.forms():
            if form.method == "post" and (not holding or holding in form.fields or holding in form.choices):
                return form
        raise AssertionError(f"{self.path} ({self.status}) has no form with {holding!r}")


class Browser:
    """One visitor. `address` is the address the server sees when it runs behind a proxy."""

    def __init__(self, port: int, *, address: str = "") -> None:
        self.port = port
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, follow: bool = True) -> Page:
        return self._follow(self._ask("GET", path), follow=follow)

    def submit(
        self, page: Page, values: dict[str, Any], *, uploads: dict[str, list[Upload]] | None = None, follow: bool = True
    ) -> Page:
        """Fill in the form of `page` that has the first of these fields, and send it."""
        names = [*values, *(uploads or {})]
        form = page.form(names[0] if names else "")
        sent = {**form.fields, **values}
        return self._follow(self.post(urljoin(page.path, form.action or page.path), sent, uploads or {}), follow=follow)

    def post(self, path: str, values: dict[str, Any], uploads: dict[str, list[Upload]] | None = None) -> Page:
        """Send fields; one that has several values (boxes that are ticked) is a list."""
        if not uploads:
            body = urlencode(values, doseq=True).encode()
            return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        boundary = uuid.uuid4().hex
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", path, _multipart(boundary, values, uploads), headers)

    def _follow(self, page: Page, *, follow: bool) -> Page:
        for _hop in range(6):
            if not follow or not page.location:
                return page
            target = urlsplit(urljoin(page.path, page.location))
            page = self._ask("GET", f"{target.path}?{target.query}" if target.query else target.path)
        raise AssertionError(f"{page.path} redirects in a circle")

    def _ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Page:
        given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.address:
            given["X-Forwarded-For"] = self.address
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body or None, given)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        return Page(answer.status, path, {name.lower(): value for name, value in answer.getheaders()}, content)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.coded_value


def _multipart(boundary: str, values: dict[str, str], uploads: dict[str, list[Upload]]) -> bytes:
    lines: list[bytes] = []
    for name, value in values.items():
        lines += [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()]
    for name, files in uploads.items():
        for upload in files:
            head = f'Content-Disposition: form-data; name="{name}"; filename="{upload.name}"'
            lines += [f"--{boundary}\r\n{head}\r\nContent-Type: {upload.content_type}\r\n\r\n".encode()]
            lines += [upload.content, b"\r\n"]
    return b"".join([*lines, f"--{boundary}--\r\n".encode()])

"""The programs as people download them: each one file that needs nothing beside it."""

import base64
import hashlib
import inspect
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from lumbung.core.log.standalone import lumbung_verify, lumbung_witness

OUR_IMPORT = re.compile(r"^from lumbung\.[^(]*\([^)]*\)\n", re.MULTILINE)
CHECKER = Path(__file__).with_name("checker")
# {"id": {"coordinator": "Admin Koordinator"}, "en": …}
Names = Mapping[str, Mapping[str, str]]
NO_NAMES: Names = {"id": {}, "en": {}}
PLACE = re.compile(r"\{\{(\w+)\}\}")


def verifier() -> str:
    """The program that checks a proof, or the whole log."""
    return inspect.getsource(lumbung_verify)


def witness() -> str:
    """The program that watches and cosigns: the checking part first, then its own."""
    checking = inspect.getsource(lumbung_verify).partition("def main() -> None:")[0]
    own = OUR_IMPORT.sub("", inspect.getsource(lumbung_witness))
    documentation, _, code = own.partition('"""\n\n')
    return f'{documentation}"""\n\n' + checking.partition('"""\n\n')[2].rstrip() + "\n\n\n" + code


def checker(
    *, log_key: str, witness_keys: Sequence[str], on: str, language: str, names: Names = NO_NAMES, receipt: str = ""
) -> str:
    """The page that checks a proof in a browser, from a file, without a network; it speaks both languages.

    `names` says in each language what roles and parts of the house are called: an entry itself holds their keys only.
    `receipt` is the fingerprint on somebody's receipt: their copy of the page asks for the proof alone.
    Its own policy lets it run these scripts and nothing else: it could not ask anybody even if it wanted to.
    """
    told = {"log_key": log_key, "witness_keys": list(witness_keys), "on": on, "names": names, "receipt": receipt}
    known = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    parts = {**_parts(), "known": known, "language": "en" if language.startswith("en") else "id"}
    return PLACE.sub(lambda place: parts[place[1]], (CHECKER / "page.html").read_text(encoding="utf-8"))


@cache
def _parts() -> Mapping[str, str]:
    ours = "\n".join((CHECKER / name).read_text(encoding="utf-8") for name in ("checking.js", "words.js", "page.js"))
    scripts = {"nacl": _vendored("vendor/nacl.js"), "sha256": _vendored("vendor/sha256.js"), "ours": ours}
    style = (CHECKER / "page.css").read_text(encoding="utf-8")
    runs = " ".join(_fingerprint(script) for script in scripts.values())
    policy = (
        f"default-src 'none'; script-src {runs}; style-src {_fingerprint(style)}; base-uri 'none'; form-action 'none'"
    )
    return {**scripts, "style": style, "policy": policy}


def _vendored(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"{path}: front-end parts are not installed; run: make setup")
    script = Path(found).read_text(encoding="utf-8").strip()
    if "</script" in script.lower():
        raise ValueError(f"{path} would end the page's script early")
    return script


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

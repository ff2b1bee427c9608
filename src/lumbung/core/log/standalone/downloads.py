"""The programs as people download them: each one file that needs nothing beside it."""

import inspect
import re

from lumbung.core.log.standalone import lumbung_verify, lumbung_witness

OUR_IMPORT = re.compile(r"^from lumbung\.[^(]*\([^)]*\)\n", re.MULTILINE)


def verifier() -> str:
    """The program that checks a proof, or the whole log."""
    return inspect.getsource(lumbung_verify)


def witness() -> str:
    """The program that watches and cosigns: the checking part first, then its own."""
    checking = inspect.getsource(lumbung_verify).partition("def main() -> None:")[0]
    own = OUR_IMPORT.sub("", inspect.getsource(lumbung_witness))
    documentation, _, code = own.partition('"""\n\n')
    return f'{documentation}"""\n\n' + checking.partition('"""\n\n')[2].rstrip() + "\n\n\n" + code

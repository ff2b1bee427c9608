"""Templates compiled once, when static files are prepared, and read by every process that starts afterwards.

Compiling all of them costs a process one to two seconds, which whoever asks for the first pages would wait for.
Only `lumbung prepare` writes the folder: it is trusted as code is, and a server may run without the right to write it.
A template that changed since has another checksum and is compiled in memory, as without this folder.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.template import engines
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class PreparedTemplates(FileSystemBytecodeCache):
    """Reads what was prepared; writes only while it is preparing."""

    is_preparing = False

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if that is what we are here for."""
        if self.is_preparing:
            super().dump_bytecode(bucket)


def prepared() -> PreparedTemplates:
    """What pages are read through."""
    return PreparedTemplates(str(settings.LUMBUNG_COMPILED_TEMPLATES))


def prepare() -> int:
    """Compile every page template anew; how many."""
    folder = Path(settings.LUMBUNG_COMPILED_TEMPLATES)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    writing = prepared()
    writing.is_preparing = True
    environment.bytecode_cache = writing
    names = environment.list_templates(extensions=("html", "txt"))
    for name in names:
        environment.get_template(name)
    return len(names)

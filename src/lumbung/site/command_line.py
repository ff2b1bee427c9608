"""The command line: `lumbung --help`."""

import os
import sys
from collections.abc import Callable


def main() -> None:
    """Entry point of the `lumbung` command. Exit codes: 0 done, 1 failed, 2 wrong use, 3 wrong setting."""
    if sys.argv[1:] == ["new-key"]:
        # Before the settings are read: production refuses to start without the very key asked for.
        from lumbung.site import secret  # noqa: PLC0415

        print(secret.new_secret())
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.site.settings")
    from lumbung.site.environment import SettingError  # noqa: PLC0415

    try:
        from lumbung.site.commands import application  # noqa: PLC0415 - settings are read on import
    except SettingError as error:
        print(f"lumbung: {error}", file=sys.stderr)
        sys.exit(3)
    _run(application)


def _run(application: Callable[[], None]) -> None:
    from django.db import OperationalError  # noqa: PLC0415 - read after the settings

    try:
        application()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        print(
            f"lumbung: basis data tidak dapat dipakai ({reason}): periksa apakah ia berjalan dan DATABASE_URL benar. / "
            f"The database cannot be used: check that it runs and that DATABASE_URL is right.",
            file=sys.stderr,
        )
        sys.exit(1)

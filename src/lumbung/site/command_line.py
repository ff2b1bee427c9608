"""The command line: `lumbung --help`."""

import os
import sys


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
    application()

"""The signing key of a demo or test installation; production brings its own."""

import os
import secrets
from pathlib import Path

from lumbung.site.environment import SettingError


def new_secret() -> str:
    """A random signing key of 86 characters."""
    return secrets.token_urlsafe(64)


def local_secret(folder: Path) -> str:
    """The key in `folder`/django-secret.key, made on first use with mode 0600."""
    path = folder / "django-secret.key"
    try:
        return _kept(path)
    except OSError as error:
        raise SettingError(
            f"{folder} tidak dapat ditulisi: beri LUMBUNG_HOME=/folder/lain. / "
            f"{folder} is not writable: set LUMBUNG_HOME to another folder."
        ) from error


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(new_secret())
        except FileExistsError:
            pass
    return path.read_text()

"""Where tests keep their things, and which database they run on."""

import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="lumbung-test-"))
os.environ.update(LUMBUNG_ENV="test", LUMBUNG_HOME=str(HOME), DJANGO_SETTINGS_MODULE="lumbung.site.settings")
os.environ.pop("PORT", None)

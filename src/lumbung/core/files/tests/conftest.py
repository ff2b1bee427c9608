"""Each test has a folder of files of its own."""

import pytest


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.LUMBUNG_FILES = tmp_path / "files"
    return settings.LUMBUNG_FILES

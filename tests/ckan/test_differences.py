"""The same questions to us and to a real CKAN: each difference is listed with its reason, and each listed one occurs."""

import os
from pathlib import Path

import pytest
from tools.peers.ckan_server import running_ckan

from tests.ckan import comparing, requests, world

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]


def test_every_difference_from_a_real_ckan_is_listed_with_its_reason(people, tmp_path, settings):
    side = world.ours(people, tmp_path)
    folder = tmp_path / "ckan"
    folder.mkdir()
    found = []
    with running_ckan(folder) as ckan:
        world.copy_to(ckan, side)
        for request in requests.every():
            body = None if request.body is None else world.filled(request.body.decode(), side.ids).encode()
            theirs = ckan.fetch(world.filled(request.address, side.ids), body, content_type=request.content_type)
            roots = (ckan.root, settings.LUMBUNG_URL)
            found += comparing.differences(request, theirs, side.ask(request), roots=roots)
    Path(os.environ.get("CKAN_FOUND", "/dev/null")).write_text("\n".join(map(str, found)))

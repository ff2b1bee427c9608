"""The same questions to us and to a real CKAN: each difference is listed with its reason, and what is listed occurs."""

import os

import pytest
from tools.peers.ckan_server import running_ckan

from tests.ckan import comparing, listed, requests, world

VERSION = "2.12.0"


def test_the_page_of_differences_is_written_from_the_list():
    told = listed.page(listed.LISTED, version=VERSION, count=len(requests.every()))
    if os.environ.get("UPDATE_SNAPSHOTS"):
        listed.PAGE.write_text(told)
    assert listed.PAGE.read_text() == told, "UPDATE_SNAPSHOTS=1 writes it anew"


@pytest.mark.heavy
@pytest.mark.django_db
def test_every_difference_from_a_real_ckan_is_listed_with_its_reason(people, tmp_path, settings):
    side, found = world.ours(people, tmp_path), []
    with running_ckan(tmp_path / "ckan") as ckan:
        world.copy_to(ckan, side)
        for request in requests.every():
            body = None if request.body is None else world.filled(request.body.decode(), side.ids).encode()
            theirs = ckan.fetch(world.filled(request.address, side.ids), body, content_type=request.content_type)
            roots = (ckan.root, settings.LUMBUNG_URL)
            found += comparing.differences(request, theirs, side.ask(request), roots=roots)
    unlisted = [each for each in found if not any(known.explains(each) for known in listed.LISTED)]
    assert not unlisted, "\n".join(map(str, unlisted))
    gone = [known for known in listed.LISTED if not any(known.explains(each) for each in found)]
    assert not gone, "no longer so:\n" + "\n".join(map(str, gone))

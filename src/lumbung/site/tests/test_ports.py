"""A port is served by one: the claim on it is granted once."""

import socket

import pytest
from tests.installation import free_port

from lumbung.site import ports


@pytest.fixture(params=["linux", "darwin"])
def port(request, monkeypatch, tmp_path) -> int:
    """A free port, claimed in the way of each system."""
    monkeypatch.setattr(ports.sys, "platform", request.param)
    monkeypatch.setattr(ports.tempfile, "gettempdir", lambda: str(tmp_path))
    return free_port()


def test_a_port_nobody_listens_on_yet_is_claimed_once(port):
    with ports.claimed(port):
        assert ports.is_free(port)  # looking is not enough, which is why there is a claim
        with pytest.raises(ports.PortTaken), ports.claimed(port):
            pass


def test_another_port_is_another_claim(port):
    with ports.claimed(port), ports.claimed(free_port()):
        pass


def test_a_claim_is_given_back(port):
    for _ in range(2):
        with ports.claimed(port):
            pass


def test_a_port_somebody_else_listens_on_is_taken(port):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((ports.ADDRESS, port))
        other.listen()
        with pytest.raises(ports.PortTaken), ports.claimed(port):
            pass

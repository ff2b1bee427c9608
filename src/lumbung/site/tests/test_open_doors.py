"""What was a demonstration is not served as the real thing while its doors stand open."""

import pytest
from typer.testing import CliRunner

from lumbung.core.access.models import Account
from lumbung.site import commands, demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def left_over(people) -> Account:
    """An account of the demonstration with the password it prints."""
    account = Account.objects.get(email="admin@contoh.id")
    account.set_password(demo.PASSWORD)
    account.save()
    return account


@pytest.fixture
def served(settings, monkeypatch) -> list[int]:
    """Ports that production would have served on."""
    settings.IS_PRODUCTION = True
    ports: list[int] = []
    monkeypatch.setattr(commands.serving, "serve", lambda *, port: ports.append(port) or 0)
    return ports


def test_production_does_not_serve_accounts_whose_password_is_printed(left_over, served):
    done = CliRunner().invoke(commands.application, ["serve", "--port", "8000"])
    assert done.exit_code == 2
    assert left_over.email in done.output
    assert not served


@pytest.mark.parametrize("mended", [{"is_active": False}, {"password": "!"}])
def test_production_serves_once_the_door_is_closed(left_over, served, mended):
    Account.objects.update(**mended)
    assert CliRunner().invoke(commands.application, ["serve", "--port", "8000"]).exit_code == 0
    assert served == [8000]

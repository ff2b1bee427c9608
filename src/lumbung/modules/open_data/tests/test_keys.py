"""Keys of agencies: made by people with a role there, never worth more than their maker, shown once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.access.actions import grants
from lumbung.core.access.models import Account
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import keys
from lumbung.modules.open_data.models import ApiKey
from lumbung.modules.open_data.queries import keys as known

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(NOW)
WRITING = (permissions.WRITE_DRAFTS, permissions.WRITE_ROWS)


def make(people, name="produsen.ntb", *, scopes=WRITING, days=30, organisation="ntb-pupr", now=NOW):
    agency = Organisation.objects.get(code=organisation)
    until = clock.local_day(now) + timedelta(days=days)
    return keys.make_key(
        organisation=agency, name="server", scopes=scopes, expires_on=until, by=people.viewer(name), now=now
    )


def test_a_key_acts_as_its_maker_in_its_agency_and_nothing_of_it_is_kept(people):
    key, secret = make(people)
    holder = known.holder_of(secret, day=TODAY)
    assert {(role.role, role.organisation_code) for role in holder.viewer.held} == {("data_producer", "ntb-pupr")}
    assert holder.viewer.acting_as(holder.viewer.held[0]).role == "data_producer.key"
    stored = " ".join(map(str, ApiKey.objects.filter(pk=key.pk).values_list().get()))
    assert secret.removeprefix(key.prefix) not in stored
    told = b" ".join(bytes(event.body) for event in EventRecord.objects.filter(key__startswith="open_data.api_key"))
    assert b"ntb-pupr" in told
    assert key.prefix.encode() not in told


@pytest.mark.parametrize(
    ("name", "scopes"), [("pendukung.ntb", WRITING), ("pupr.ksb", WRITING), ("walidata.ntb", WRITING)]
)
def test_nobody_makes_a_key_worth_more_than_their_own_role(people, name, scopes):
    with pytest.raises(NotPermitted):
        make(people, name, scopes=scopes)


def test_a_supporting_steward_makes_a_key_that_only_reads(people):
    _key, secret = make(people, "pendukung.ntb", scopes=(permissions.READ_DRAFTS,))
    assert known.holder_of(secret, day=TODAY).key.scopes == ["drafts:read"]


@pytest.mark.parametrize("days", [-1, 366])
def test_a_key_is_valid_for_a_year_at_most(people, days):
    with pytest.raises(Refused, match="key-expiry"):
        make(people, days=days)


def refused(secret, day=TODAY):
    with pytest.raises(NotPermitted) as refusal:
        known.holder_of(secret, day=day)
    return refusal.value.code


def test_a_key_stops_when_it_is_wrong_revoked_expired_or_its_maker_is_gone(people):
    key, secret = make(people)
    assert refused(secret[:-1] + "!") == "key-unknown"
    assert refused("lmb_00000000_x") == "key-unknown"
    assert refused(secret, TODAY + timedelta(days=31)) == "key-expired"
    account = Account.objects.get(pk=key.made_by_id)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert refused(secret) == "key-without-maker"
    Account.objects.filter(pk=account.pk).update(is_active=True)
    for grant in account.grants.filter(role="data_producer"):
        grants.revoke_role(grant=grant, by=None, actor=SYSTEM, now=NOW)
    assert refused(secret) == "key-without-maker"
    keys.revoke_key(key=key, by=people.viewer("pendukung.ntb"), now=NOW)
    assert refused(secret) == "key-revoked"
    with pytest.raises(Refused, match="key-revoked-already"):
        keys.revoke_key(key=key, by=people.viewer("admin"), now=NOW)


def test_keys_are_seen_by_their_agency_and_by_administrators(people):
    make(people)
    seen = {name: known.visible_to(people.viewer(name), people.ntb).count() for name in ("pendukung.ntb", "admin")}
    assert seen == {"pendukung.ntb": 1, "admin": 1}
    assert not known.visible_to(people.viewer("walidata.ntb"), people.ntb).exists()
    assert not known.visible_to(people.viewer("admin"), people.ksb).exists()


@pytest.mark.parametrize(
    "broken", [{"name": ""}, {"scopes": []}, {"expires_on": TODAY - timedelta(days=1)}, {"revoked_at": NOW}]
)
def test_the_database_refuses_a_key_that_makes_no_sense(people, broken):
    key, _secret = make(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(**broken)

"""What happens by itself: tables of other modules are listed, release days come."""

import uuid

from lumbung.core.base import clock
from lumbung.modules.open_data.actions import (
    addresses,
    asking_clocks,
    asking_telling,
    clearing,
    declared,
    draft_telling,
    following,
    harvesting,
    held,
    hooks,
    listing,
    priorities,
    profiles,
    publishing,
    reading,
    row_copies,
    sent_checks,
    story_telling,
    workbooks,
)


def take_in_version(subject_id: str) -> None:
    """A declared table has a new version."""
    declared.take_in(version_id=uuid.UUID(subject_id), now=clock.now())


def take_in_all() -> None:
    """Whatever the catalogue missed."""
    declared.take_in_all(now=clock.now())


def follow_withdrawal(subject_id: str) -> None:
    """A version was withdrawn where it was made."""
    declared.follow_withdrawal(version_id=uuid.UUID(subject_id), now=clock.now())
    profiles.forget(version_id=uuid.UUID(subject_id))


def list_again() -> None:
    """Datasets an earlier release of the software listed."""
    listing.list_again()


def publish_due() -> None:
    """Drafts whose release day has come; of those a gate stops, people are told."""
    publishing.publish_due(now=clock.now())
    draft_telling.tell_of_stopped(now=clock.now())


def tell_of_draft(subject_id: str) -> None:
    """A draft came to another desk, came back to its producer, or was published."""
    draft_telling.tell(subject_id=subject_id, now=clock.now())


def tell_of_story(subject_id: str) -> None:
    """A story was handed in, returned or published."""
    story_telling.tell(subject_id=subject_id, now=clock.now())


def follow_priorities() -> None:
    """The list of a new year chooses other priority data."""
    priorities.follow_all(now=clock.now())


def fetch_table(table_id: str, sha256: str) -> None:
    """Somebody named an address."""
    addresses.fetch(table_id=uuid.UUID(table_id), sha256=sha256, now=clock.now())


def look_at_table(table_id: str, sha256: str) -> None:
    """A file was brought."""
    reading.look(table_id=uuid.UUID(table_id), sha256=sha256)


def read_table(table_id: str, sha256: str) -> None:
    """Somebody confirmed how a file is read."""
    reading.read(table_id=uuid.UUID(table_id), sha256=sha256)


def check_table(table_id: str, sha256: str) -> None:
    """Somebody confirmed what the columns are."""
    reading.check(table_id=uuid.UUID(table_id), sha256=sha256)


def check_sent_table(table_id: str, sha256: str) -> None:
    """A program wrote rows."""
    sent_checks.check_rows(table_id=uuid.UUID(table_id), sha256=sha256)


def sweep_drafts() -> None:
    """Files of drafts that are closed."""
    clearing.sweep()


def harvest_due() -> None:
    """Runs over other portals whose time has come, and those nobody works on."""
    harvesting.begin_due(now=clock.now())


def harvest_step(run_id: str, number: int) -> None:
    """One step of a run over another portal."""
    harvesting.step(run_id=run_id, number=number, now=clock.now())


def tell_held(subject_id: str) -> None:
    """A gate held a table back."""
    held.tell_stewards(held_id=int(subject_id), now=clock.now())


def recount_askings(subject_id: str) -> None:
    """The calendar changed (a day or a year): open time limits are counted anew."""
    asking_clocks.recount(now=clock.now())


def forget_contacts() -> None:
    """Addresses of people whose request was answered long ago."""
    asking_telling.forget_contacts(now=clock.now())


def tell_followers(event_id: str) -> None:
    """A release was published or withdrawn, or a dataset withdrawn."""
    following.tell_followers(event_id=event_id, now=clock.now())


def tell_hooks(event_id: str) -> None:
    """The same, for programs."""
    hooks.tell_hooks(event_id=event_id, now=clock.now())


def deliver_hook(message_id: str) -> None:
    """One message to one program."""
    hooks.deliver(message_id=message_id, now=clock.now())


def discard_data_addresses() -> None:
    """Addresses nobody confirmed, and those that stopped."""
    following.discard_addresses(now=clock.now())


def ask_for_copies(subject_id: str) -> None:
    """A release was published: its tables are copied for fast pages and SQL."""
    row_copies.ask_for_copies(now=clock.now())


def make_copies() -> None:
    """Copies that are not there."""
    row_copies.make_missing(now=clock.now())


def remove_copies(subject_id: str) -> None:
    """A release, a dataset or a version was withdrawn."""
    row_copies.remove_needless(now=clock.now())
    workbooks.remove_needless(now=clock.now())


def ask_for_workbooks(subject_id: str) -> None:
    """A release was published: its tables are made ready for Excel."""
    workbooks.ask_for_all(now=clock.now())


def make_workbooks() -> None:
    """Workbooks that are not there."""
    workbooks.make_missing(now=clock.now())


def make_workbook(table_id: int) -> None:
    """Somebody asked for one of an older release."""
    workbooks.make_one(table_id=table_id, now=clock.now())


def try_workbooks_again() -> None:
    """Those that failed for want of room or time."""
    workbooks.try_again()
    workbooks.make_missing(now=clock.now())


def profile_tables() -> None:
    """Large tables nobody has looked through yet; what was told of closed ones is forgotten."""
    profiles.forget_closed()
    profiles.ask_for_missing(now=clock.now())


def profile_table(version_id: str) -> None:
    """One of them."""
    profiles.make(version_id=uuid.UUID(version_id), now=clock.now())

"""Reading one page of another portal, and keeping what it lists until each dataset is compared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from lumbung.core.files.fetching import NotFetched
from lumbung.core.log.remote import Unreachable
from lumbung.core.log.watching import Inconsistent, Malformed
from lumbung.modules.open_data.actions import harvest_proving
from lumbung.modules.open_data.models import HarvestPending, HarvestRun, HarvestSource
from lumbung.modules.open_data.queries import harvested, remote_pages
from lumbung.modules.open_data.queries.remote_pages import Answer
from lumbung.modules.open_data.remote import records
from lumbung.modules.open_data.remote.records import Page, Record, Unreadable
from lumbung.modules.open_data.remote.rules import rules

IDENTITIES_AT_ONCE = 500


@dataclass(frozen=True)
class Broken(Exception):  # noqa: N818 - reads as a sentence
    """The list of the other portal could not be read; `may_pass` where trying again may help."""

    code: str
    may_pass: bool = False


def page_of(run: HarvestRun, now: datetime) -> Answer:
    """The page a run stands at, asked for and proven where there is a proof; nothing is kept. Raises Broken."""
    source = run.source
    if run.pages >= rules().most_pages:
        raise Broken("too-many-pages")
    try:
        answer = _asked(run, source)
        page = harvest_proving.proven(source, answer.page, now=now) if not answer.is_same else answer.page
    except NotFetched as error:
        raise Broken(remote_pages.reason_of(source.kind, error), may_pass=error.kind == "unreachable") from error
    except Unreadable as error:
        raise Broken(error.code, may_pass=error.code == "busy") from error
    except Unreachable as error:
        raise Broken("log-does-not-answer", may_pass=True) from error
    except (Inconsistent, Malformed) as error:
        raise Broken("log-does-not-fit") from error
    if page.next and not remote_pages.is_beside(page.next, source.address):
        raise Broken("next-elsewhere")
    return replace(answer, page=page)


def _asked(run: HarvestRun, source: HarvestSource) -> Answer:
    if run.pages:
        return remote_pages.ask(source.kind, source.address, run.address)
    address = remote_pages.first_address(source.kind, source.address)
    return remote_pages.ask(source.kind, source.address, address, etag=source.etag, modified=source.modified)


def keep(run: HarvestRun, answer: Answer) -> bool:
    """Note what a page lists, in the caller's transaction; False where it is more than a run may hold.

    A dataset listed twice is taken once.
    """
    known = _known(run, answer.page)
    rows = list(_rows(run, answer.page, known))
    if run.pending.count() + len(rows) > rules().most_datasets:
        return False
    HarvestPending.objects.bulk_create(rows, batch_size=500)
    run.address, run.pages, run.attempts, run.trouble = answer.page.next, run.pages + 1, 0, ""
    run.etag, run.modified = answer.etag, answer.modified
    return True


def _known(run: HarvestRun, page: Page) -> set[str]:
    """Which of a page's datasets an earlier page has listed."""
    names = [record["identity"] for record in page.records] + [each.identity for each in page.refused]
    found: set[str] = set()
    for start in range(0, len(names) if run.pages else 0, IDENTITIES_AT_ONCE):
        some = names[start : start + IDENTITIES_AT_ONCE]
        found.update(run.pending.filter(identity__in=some).values_list("identity", flat=True))
    return found


def _rows(run: HarvestRun, page: Page, known: set[str]) -> Iterator[HarvestPending]:
    for record in page.records:
        yield _pending(run, record, known)
        known.add(record["identity"])
    for each in page.refused:
        identity = "" if each.identity in known else each.identity
        known.add(identity)
        yield HarvestPending(run=run, identity=identity, title=each.title, why=each.why)


def _pending(run: HarvestRun, record: Record, known: set[str]) -> HarvestPending:
    title = record["title"]["id"]
    if record["identity"] in known:
        return HarvestPending(run=run, identity="", title=title, why="listed-twice")
    if harvested.is_ours(record):
        return HarvestPending(run=run, identity=record["identity"], title=title, why="our-own")
    sha256 = records.sha256_of(record)
    return HarvestPending(run=run, identity=record["identity"], title=title, record=record, sha256=sha256)

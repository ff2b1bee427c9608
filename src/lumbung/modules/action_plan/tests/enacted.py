"""A plan as far as its enactment, for the tests of what follows."""

from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from tests.cast import NOW, Cast

from lumbung.core.access.models import Account
from lumbung.core.base.actors import SYSTEM
from lumbung.core.events import actions as recording
from lumbung.modules.action_plan.actions import drafting, enactment
from lumbung.modules.action_plan.events.stages import StagePassed
from lumbung.modules.action_plan.models import Enactment, Freeze, LegalProduct, StagePassage
from lumbung.modules.action_plan.queries import drafted_record
from lumbung.modules.action_plan.queries import enactment as enactments
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import stage as here

HEADS = {"ntb": "gubernur.ntb", "ksb": "bupati.ksb"}


def narrative(people: Cast) -> None:
    """The plan's own text says all that is needed."""
    draft = here.plan().drafts.get(kind="plan")
    texts = {
        key: {"id": f"Isi {key}.", "en": f"Words of {key}."}
        for key in ("summary", "vision", "challenges", "achievements", "engagement")
    }
    body = draft.versions.get().body | texts
    drafting.save_version(draft=draft, body=body, seen=1, note="", by=people.viewer("sekretariat.ntb"), now=NOW)


def frozen(people: Cast, of: str = "ntb", slug: str = "jalan-terbuka", **more: object) -> Freeze:
    """A member's part, complete and frozen."""
    if of == "ntb":
        narrative(people)
    here.commitment(people, slug, of=of, **more)
    by = people.viewer(f"sekretariat.{of}")
    return drafting.freeze(member=here.member(of), note="", by=by, now=NOW)


def decree(of: str = "ntb", **more: object) -> LegalProduct:
    """The decree that enacts a member's part."""
    facts = {
        "plan": here.plan(),
        "member": here.member(of),
        "kind": "decree",
        "about": "enactment",
        "state": "enacted",
        "number": "050-12 Tahun 2026",
        # Whatever changes the plan comes after what enacted it.
        "dated_on": date(2026, 3, 27 if more.get("about") == "other" else 26),
        "subject": "Penetapan Rencana Aksi",
    }
    return here.enacted_product(**(facts | more))


def at_enactment(people: Cast, of: str = "ntb") -> None:
    """The member stands in the stage in which it enacts."""
    member = here.member(of)
    pass_before(people, enactments.stage_of_enactment(member).key, of)


def pass_before(people: Cast, stage: str, of: str = "ntb") -> None:
    """The member has left every stage before this one."""
    for each in standings.track_standing(here.plan(), here.member(of)).stages:
        if each.stage.key == stage:
            return
        by = people.account(f"sekretariat.{of}")
        pass_by_hand(of, each.stage.key, by)


def pass_by_hand(track: str, stage: str, by: Account) -> None:
    """A stage whose evidence is proven elsewhere, left as the action would: row and event."""
    with transaction.atomic():
        told = {"passed_at": NOW, "passed_by": by}
        _row, is_new = StagePassage.objects.get_or_create(plan=here.plan(), track=track, stage=stage, defaults=told)
        if is_new:
            event = StagePassed(plan=here.KEY, track=track, stage=stage, exception=[])
            recording.record(event, subject_type="plan", subject_id=here.KEY, actor=SYSTEM, now=NOW)


def seen(freeze: Freeze) -> str:
    """The hash the head of region sees before enacting."""
    return drafted_record.record_sha256(enactments.record_to_enact(freeze))


def enact(people: Cast, freeze: Freeze, by: LegalProduct) -> Enactment:
    """The head of region enacts."""
    code = freeze.member.organisation_id
    return enactment.enact(
        member=here.member(code), decree=by, seen_sha256=seen(freeze), by=people.viewer(HEADS[code]), now=NOW
    )


def enacted(people: Cast, of: str = "ntb", slug: str = "jalan-terbuka", **more: object) -> Enactment:
    """A member's part, enacted."""
    freeze = frozen(people, of, slug, **more)
    at_enactment(people, of)
    return enact(people, freeze, decree(of))


@contextmanager
def superuser(*tables: str):
    """Within it the triggers of some tables are gone: what a superuser of the database can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        wanted = ", ".join(f"'{table}'" for table in tables)
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({wanted})")
        found = list(cursor.fetchall())
        for name, _text in found:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, text in found:
            cursor.execute(text)

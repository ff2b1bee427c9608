"""What manifests declare can be said, started and held by someone."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.access import registry as access
from lumbung.core.base.declarations import EventType, JobType, Role, Verb
from lumbung.core.events import registry as events
from lumbung.core.events.types import Event
from lumbung.core.jobs import registry as jobs
from tests.guards import declarations, routes
from tests.guards.tree import code_files, tell


@dataclass(frozen=True)
class LetterSent(Event):
    key: ClassVar[str] = "letters.letter_sent"
    place: str


@dataclass(frozen=True)
class LetterSigned(Event):
    key: ClassVar[str] = "letters.letter_signed"
    name: str
    text: str
    text_hash: str


def reacting() -> set[str]:
    return {job for event_type in events.all_types() for job in events.reactions_to(event_type.event_class.key)}


def test_every_event_has_a_sentence_in_both_languages_that_fits_its_fields():
    found = list(declarations.sentence_problems(events.all_types(), declarations.indonesian()))
    assert not found, tell(found)


def test_a_sentence_that_is_missing_or_names_another_field_is_caught():
    untranslated = EventType(LetterSent, "A letter went to %(place)s")
    wrong = EventType(LetterSent, "A letter went to %(city)s")
    known = {"A letter went to %(city)s": "Surat dikirim ke %(kota)s"}
    whats = [problem.what for problem in declarations.sentence_problems([untranslated, wrong], known)]
    assert whats == [
        "has no Indonesian sentence",
        "its English sentence names ['city']; it has ['place']",
        "its Indonesian sentence names ['kota']; it has ['place']",
    ]


def test_every_event_class_stands_in_a_manifest():
    found = list(declarations.unregistered_problems(declarations.event_classes(), events.all_types()))
    assert not found, tell(found)


def test_an_event_class_outside_the_manifests_is_caught():
    assert len(list(declarations.unregistered_problems([LetterSent], events.all_types()))) == 1


def test_no_event_has_a_field_for_a_person_or_a_citizens_words():
    found = list(declarations.field_problems(declarations.event_classes()))
    assert not found, tell(found)


def test_an_event_with_a_name_is_caught():
    whats = [problem.what.split(":")[0] for problem in declarations.field_problems([LetterSent, LetterSigned])]
    assert whats == ["field name", "field text"]


def test_every_job_is_started_by_something():
    found = list(declarations.job_problems(jobs.all_types(), reacting(), code_files()))
    assert not found, tell(found)


def test_a_job_nothing_starts_is_caught():
    lonely = JobType("letters.send", lambda: None)
    scheduled = JobType("letters.sweep", lambda: None, every_seconds=60)
    caught = list(declarations.job_problems([lonely, scheduled], set(), code_files()))
    assert [problem.where for problem in caught] == ["letters.send"]


def test_every_reaction_names_a_job_and_an_event_that_exist():
    names = {job.name for job in jobs.all_types()}
    assert reacting() <= names
    assert set(events._reactions) <= {event_type.event_class.key for event_type in events.all_types()}


def test_every_verb_belongs_to_a_role_and_every_verb_used_is_declared():
    verbs, roles = access.all_verbs(), access.all_roles()
    held = [Role(role.key, role.title, role.scope, tuple(access.verbs_of(role.key))) for role in roles]
    found = list(declarations.verb_problems(verbs, held, routes.verbs_used(routes.all_routes())))
    assert not found, tell(found)


def test_a_verb_without_role_and_an_undeclared_verb_are_caught():
    verbs = [Verb("letters.send", "Send"), Verb("letters.sign", "Sign")]
    roles = [Role("clerk", "Clerk", "installation", ("letters.send", "letters.burn"))]
    caught = [problem.where for problem in declarations.verb_problems(verbs, roles, {"letters.read"})]
    assert caught == ["letters.sign", "letters.burn", "letters.read"]

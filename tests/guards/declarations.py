"""What manifests promise: sentences for events, ways to every job, roles for every verb, reserved first words."""

import dataclasses
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from django.utils import translation

from lumbung.core.base.declarations import EventType, JobType, Role, Verb
from lumbung.core.events.types import Event
from lumbung.site import translations
from tests.guards.tree import CodeFile, Problem

FIELD = re.compile(r"%\((\w+)\)[sd]")


def indonesian() -> dict[str, str]:
    """Every Indonesian sentence by its English one."""
    return {
        str(message.id): str(message.string)
        for part in translations.parts()
        for message in translations.stored_in(part)
        if message.id and isinstance(message.string, str)
    }


def sentence_problems(types: Iterable[EventType], known: Mapping[str, str]) -> Iterator[Problem]:
    """Events whose sentence is missing in a language or names a field they do not have."""
    for event_type in types:
        key = event_type.event_class.key
        fields = {field.name for field in dataclasses.fields(event_type.event_class)} | set(event_type.derived)
        with translation.override("en"):
            english = str(event_type.sentence)
        if not english.strip():
            yield Problem(key, "has no sentence")
        for language, text in (("English", english), ("Indonesian", known.get(english, ""))):
            if not text:
                yield Problem(key, f"has no {language} sentence")
            unknown = set(FIELD.findall(text)) - fields
            if unknown:
                yield Problem(key, f"its {language} sentence names {sorted(unknown)}; it has {sorted(fields)}")
            elif text:
                text % dict.fromkeys(fields, "1")


def event_classes(base: type[Event] = Event) -> Iterator[type[Event]]:
    """Every event class of ours."""
    for kind in base.__subclasses__():
        # A dataclass with slots is made anew; the class it was made from still counts as a subclass.
        is_named = getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
        is_test = ".tests." in kind.__module__
        if kind.__module__.startswith("lumbung.") and is_named and not is_test:
            yield kind
        yield from event_classes(kind)


def unregistered_problems(classes: Iterable[type[Event]], types: Iterable[EventType]) -> Iterator[Problem]:
    """Event classes that stand in no manifest."""
    registered = {event_type.event_class for event_type in types}
    for kind in classes:
        if kind not in registered:
            yield Problem(kind.__qualname__, "stands in no manifest")


def field_problems(classes: Iterable[type[Event]]) -> Iterator[Problem]:
    """Event fields that by their name would hold a person or a citizen's words."""
    for kind in classes:
        if not dataclasses.is_dataclass(kind) or not kind.__dataclass_params__.frozen:
            yield Problem(kind.__qualname__, "is no frozen dataclass")
            continue
        for field in dataclasses.fields(kind):
            words = set(field.name.split("_"))
            place = f"{kind.__name__}.{field.name}"
            if words & PERSONAL and "hash" not in words and place not in PUBLIC_FIELDS:
                yield Problem(
                    kind.__qualname__, f"field {field.name}: the log holds no person and no words of citizens"
                )


PERSONAL = {"name", "phone", "email", "nik", "kk", "text", "words", "landmark", "latitude", "longitude", "photo", "ip"}
PERSONAL |= {"comment", "message", "reason", "note", "answer", "question"}
PUBLIC_FIELDS = {
    "BlockAdded.name": "the name of a place",
    "OrganisationAdded.name": "the name of an institution",
    "OrganisationChanged.name": "the name of an institution",
    "PortalChanged.name": "the name of a portal",
    "PhotoCleared.photo": "the id of a photo",
    "PhotoHidden.photo": "the id of a photo",
}


def job_problems(types: Iterable[JobType], reacting: set[str], files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Jobs that nothing starts: no schedule, no reaction, no enqueue."""
    texts = [file.text for file in files if file.room != "manifest" and not file.is_test]
    for job in types:
        starts = job.is_scheduled or job.name in reacting or any(f'"{job.name}"' in text for text in texts)
        if not starts:
            yield Problem(job.name, "nothing starts it: give it a schedule, a reaction, or enqueue it")


def verb_problems(verbs: Iterable[Verb], roles: Iterable[Role], used: set[str]) -> Iterator[Problem]:
    """Verbs no role has, and verbs roles or routes name that are not declared."""
    declared = {verb.key for verb in verbs}
    held = {verb for role in roles for verb in role.verbs}
    for key in sorted(declared - held):
        yield Problem(key, "no role includes this verb")
    for key in sorted((held | used) - declared):
        yield Problem(key, "is used but declared in no manifest")


def root_problems(words: Iterable[str], reserved: Iterable[str]) -> Iterator[Problem]:
    """First words of addresses that a portal could take for its name."""
    for word in sorted(set(words) - set(reserved)):
        yield Problem(f"/{word}/", "is not in portals.RESERVED_WORDS: a portal of that name would hide it")

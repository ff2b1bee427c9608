"""The text of a plan: written, frozen, commented on by anybody, answered, and said anew."""

import re
from datetime import timedelta

from tests.journeys.planning import DISKOMINFOTIK, Person, Worker

SHORT = "Jadwal angkutan desa"
WISH = "Jadwal angkutan desa ditempel di kantor desa."
COMMENT = "Jadwalnya perlu diumumkan di setiap terminal."


def sends_an_idea(citizen: Person) -> None:
    """Anybody, without an account."""
    who, say = citizen.who, citizen.say
    citizen.comes_to_the_plan()
    who.follows(say("Send an idea"))
    who.writes(say("Your idea"), WISH)
    who.presses(say("Send the idea"))
    who.sees_heading(say("Your idea was received"))


def clears_what_waits(worker: Worker) -> None:
    """From the queue: read, and made public."""
    who, say = worker.who, worker.say
    who.presses_this(who.page.locator("main table a").first)
    who.presses(say("Clear it for the public"))
    who.reads(say("Nothing waits"))


def begins_a_commitment(worker: Worker) -> None:
    """From the list of drafts: a commitment that says all that is needed."""
    who, say = worker.who, worker.say
    who.follows(say("Begin a commitment"))
    who.writes(say("Short title"), SHORT)
    who.writes(say("Short name"), "jadwal-angkutan")
    who.presses(say("Begin the draft"))
    _writes_everywhere(worker)
    who.page.locator("input[name=values]").first.check()
    who.page.locator("input[name=indicators]").first.check()
    who.chooses(say("Institution in charge"), DISKOMINFOTIK)
    begins, ends = worker.today + timedelta(days=30), worker.today + timedelta(days=700)
    who.page.locator("input[name=starts_on]").fill(begins.isoformat())
    who.page.locator("input[name=ends_on]").fill(ends.isoformat())
    who.page.locator("input[name=milestones-0-due_on]").fill((begins + timedelta(days=90)).isoformat())
    who.chooses(say("Who answers for it"), DISKOMINFOTIK)
    who.presses(say("Save as a new version"))
    who.reads(say("All parts are written"))


def writes_the_narrative(worker: Worker) -> None:
    """From the list of drafts: the text of the plan itself."""
    worker.who.presses_this(worker.who.page.locator("main").get_by_role("link", name=worker.title).last)
    _writes_everywhere(worker)
    worker.who.presses(worker.say("Save as a new version"))
    worker.who.reads(worker.say("All parts are written"))


def _writes_everywhere(worker: Worker) -> None:
    """Each empty part in both languages, the first row of milestones too."""
    fields = worker.who.page.locator("main form").locator("textarea, input:not([type]), input[type=text]")
    for field in fields.all():
        name = field.get_attribute("name") or ""
        if re.search(r"_(id|en)$", name) and not name.startswith("awaited") and not field.input_value():
            field.fill(SHORT if name == "short_en" else "Isi." if name.endswith("_id") else "Words.")


def freezes(worker: Worker, number: int) -> None:
    """From the list of drafts: what they say now becomes a version of its own."""
    worker.who.follows(worker.say("Freeze the drafts"))
    worker.who.presses(worker.say("Freeze as v%(number)s", number=number))


def opens_a_public_test(worker: Worker) -> None:
    """Fourteen days, both counted."""
    who, say = worker.who, worker.say
    who.follows(say("Open a public test"))
    who.writes(say("First day"), worker.today.isoformat())
    who.writes(say("Last day"), (worker.today + timedelta(days=13)).isoformat())
    who.presses(say("Announce it"))


def comments(citizen: Person, member: str) -> None:
    """Anybody, without an account, while the public test is open."""
    who, say = citizen.who, citizen.say
    citizen.comes_to_the_plan()
    who.follows(say("Public test"))
    who.presses_this(who.page.locator("main").get_by_role("link", name=member, exact=True))
    who.follows(say("Give a comment"))
    who.writes(say("Your comment"), COMMENT)
    who.presses(say("Send the comment"))
    who.sees_heading(say("Your comment was received"))


def answers_the_comments(worker: Worker) -> None:
    """From the page of public tests: cleared, answered with a reason, published."""
    who, say = worker.who, worker.say
    who.follows(say("Answer comments"))
    who.follows(say("Clear %(number)s", number="…").split("…")[0])
    who.presses(say("Clear it for the public"))
    worker.comes_to_the_plan()
    who.presses_this(who.page.get_by_role("navigation", name=say("Parts of the plan")).get_by_text(say("Public test")))
    who.follows(say("Answer comments"))
    who.page.locator("input[name=comments]").check()
    who.page.locator("input[name=rewords]").check()
    who.ticks(say("Accepted"))
    who.writes(say("Reason"), "Terminal adalah tempat orang menunggu angkutan.")
    who.writes(say("What changes"), "Jadwal juga diumumkan di terminal.")
    who.presses(say("Keep this answer"))
    who.presses(say("Publish all answers together"))


def says_it_anew(worker: Worker) -> None:
    """From the list of drafts: what is going to be accepted stands in the text."""
    who, say = worker.who, worker.say
    who.follows(SHORT)
    who.page.locator("textarea[name=action_id]").fill("Jadwal ditempel di kantor desa dan diumumkan di terminal.")
    who.presses(say("Save as a new version"))

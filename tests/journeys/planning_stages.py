"""The stages of a plan of the province, one after another: what is missing is named, brought, and the gate opens."""

from datetime import timedelta

from tests.journeys import planning_promise as promise
from tests.journeys import planning_text as text
from tests.journeys.planning import BAPPEDA, KEY, MONITORS, PLAN, SOMASI, Person, Worker

DECREE, ENACTING = "050-1 Tahun 2026", "050-9 Tahun 2026"
ABOUT_SECRETARIAT, ABOUT_ENACTMENT = "Secretariat", "Enactment of the plan"


def not_held(office: Worker, kind: str) -> str:
    """The sentence about a meeting that was not held."""
    return office.say("This meeting of %(member)s is not held: %(kind)s.", member=office.member, kind=office.say(kind))


def not_invited(office: Worker, kind: str) -> str:
    """The sentence about a meeting nobody was invited to in time."""
    sentence = "Nobody was invited %(days)s days before this meeting of %(member)s: %(kind)s."
    return office.say(sentence, days=3, member=office.member, kind=office.say(kind))


def not_registered(office: Worker, about: str) -> str:
    """The sentence about a decree that is not there."""
    sentence = "The decree of %(member)s is not registered: %(about)s."
    return office.say(sentence, member=office.member, about=office.say(about))


def of_member(office: Worker, sentence: str, **told: object) -> str:
    """A sentence about the province."""
    return office.say(sentence, member=office.member, **told)


def orientation(office: Worker) -> None:
    """An empty plan, its roadmap, a first meeting."""
    who, say = office.who, office.say
    office.comes_to_the_desk()
    _begins(office)
    undated = say("The roadmap gives no dates for the stage “%(stage)s”.", stage="…").split("…")[0]
    meeting = not_held(office, "Orientation")
    office.finds_missing(*[undated] * 7, meeting)
    office.brings(undated)
    for place, field in enumerate(who.page.locator("main input[type=date]").all()):
        field.fill((office.today + timedelta(weeks=place // 2, days=6 * (place % 2))).isoformat())
    who.presses(say("Publish the roadmap"))
    office.finds_missing(meeting)
    office.brings(meeting)
    title = office.calls_a_meeting("Orientation", in_days=5)
    office.server.passes_days(6)
    office.comes_to_the_plan()
    office.finds_missing(meeting)
    office.holds_the_meeting(title)
    office.comes_to_the_plan()
    office.leaves_the_stage()


def _begins(office: Worker) -> None:
    who, say = office.who, office.say
    who.follows(say("Begin an action plan"))
    who.writes(say("Title in Indonesian"), PLAN["id"])
    who.writes(say("Title in English"), PLAN["en"])
    who.writes(say("Short name"), KEY)
    who.writes(say("Begins on"), (office.today + timedelta(days=20)).isoformat())
    who.writes(say("Ends on"), (office.today + timedelta(days=760)).isoformat())
    who.presses(say("Begin the plan"))


def secretariat(office: Worker, citizen: Person) -> None:
    """A decree, the secretariat, and an organisation that asked to join."""
    who, say = office.who, office.say
    decree = not_registered(office, ABOUT_SECRETARIAT)
    office.finds_missing(decree, of_member(office, "The forum page names no secretariat of %(member)s."))
    office.brings(decree)
    office.registers_a_decree(ABOUT_SECRETARIAT, DECREE)
    who.follows(say("Give a seat"))
    office.seats(BAPPEDA, "Government", "Secretariat", DECREE)
    office.comes_to_the_plan()
    office.leaves_the_stage()
    _asks_to_join(citizen)


def _asks_to_join(citizen: Person) -> None:
    who, say = citizen.who, citizen.say
    citizen.comes_to_the_plan()
    who.follows(say("Forum and meetings"))
    who.follows(say("Ask to join the forum"))
    who.writes(say("Name of the institution"), "Somasi NTB")
    who.ticks(say("Civil society"))
    who.writes(say("E-mail for the answer"), "halo@lembaga.example")
    who.presses(say("Send the request"))


def working_team(office: Worker, chair: Worker) -> None:
    """Somebody from outside government sits there, and the chair names who monitors."""
    outside = of_member(office, "Nobody from outside government sits in the forum of %(member)s.")
    unnamed = of_member(office, "The independent monitoring body of %(member)s is not named yet.")
    office.finds_missing(outside, unnamed)
    office.brings(outside)
    office.who.follows(office.say("Admit"))
    office.seats(SOMASI, "Civil society", "Member", DECREE)
    chair.comes_to_the_plan()
    chair.finds_missing(unnamed)
    chair.brings(unnamed)
    chair.who.follows(chair.say("Name who monitors"))
    chair.seats(MONITORS, "Civil society", "Independent monitoring body")
    office.comes_to_the_plan()
    office.leaves_the_stage()


def drafting_workshop(office: Worker, citizen: Person) -> None:
    """An idea from anybody, and a workshop people were invited to in time."""
    kind = "Drafting workshop"
    meeting, notice = not_held(office, kind), not_invited(office, kind)
    none = of_member(office, "No idea has come in for %(member)s yet.")
    office.finds_missing(notice, meeting, none)
    text.sends_an_idea(citizen)
    office.comes_to_the_plan()
    waits = of_member(office, "%(count)s idea for %(member)s waits to be cleared.", count=1)
    office.finds_missing(notice, meeting, waits)
    office.brings(waits)
    text.clears_what_waits(office)
    office.comes_to_the_plan()
    office.brings(notice)
    title = office.calls_a_meeting(kind, in_days=4)
    office.server.passes_days(5)
    office.comes_to_the_plan()
    office.finds_missing(notice, meeting)
    office.holds_the_meeting(title)
    office.comes_to_the_plan()
    office.leaves_the_stage()


def plan_workshop(office: Worker) -> None:
    """A text that says all that is needed, frozen for the workshop."""
    say, kind = office.say, "Plan workshop"
    meeting = not_held(office, kind)
    unfrozen = of_member(office, "The drafts of %(member)s are not frozen as version %(number)s yet.", number=1)
    none = of_member(office, "%(member)s has no commitment yet.")
    parts = (
        "Summary of the plan",
        "Open local government strategic vision",
        "Challenges the plan answers",
        "How the plan was drawn up with others",
    )
    gaps = [say("“%(draft)s” lacks: %(field)s.", draft=PLAN["id"], field=say(part)) for part in parts]
    office.finds_missing(unfrozen, none, *gaps, meeting)
    office.brings(none)
    text.begins_a_commitment(office)
    office.who.follows(say("Drafts"))
    text.writes_the_narrative(office)
    office.who.follows(say("Drafts"))
    text.freezes(office, 1)
    office.comes_to_the_plan()
    office.finds_missing(meeting)
    office.brings(meeting)
    title = office.calls_a_meeting(kind, in_days=3)
    office.server.passes_days(4)
    office.comes_to_the_plan()
    office.holds_the_meeting(title)
    office.comes_to_the_plan()
    office.leaves_the_stage()


def public_test(office: Worker, citizen: Person) -> None:
    """Fourteen days, a comment without an account, a reasoned answer, the difference."""
    none = of_member(office, "%(member)s has not opened a public test of %(days)s days or more yet.", days=14)
    sentence = "The drafts of %(member)s are not frozen again after the public test, so nobody can compare them."
    difference, member, say = of_member(office, sentence), office.member, office.say
    office.finds_missing(none, difference)
    office.brings(none)
    text.opens_a_public_test(office)
    text.comments(citizen, member)
    office.comes_to_the_plan()
    unanswered = of_member(office, "%(count)s comment on the draft of %(member)s has no published answer yet.", count=1)
    office.finds_missing(of_member(office, "The public test of %(member)s is not over yet."), unanswered)
    office.server.passes_days(14)
    office.comes_to_the_plan()
    office.finds_missing(unanswered)
    who = office.who
    who.presses_this(who.page.get_by_role("navigation", name=say("Parts of the plan")).get_by_text(say("Drafts")))
    text.says_it_anew(office)
    office.comes_to_the_plan()
    anew = "“%(title)s”: this part says something else than in the public test, and no answer names it: %(part)s."
    unnamed = say(anew, title=text.SHORT, part="…").split("…")[0]
    office.finds_missing(unanswered, difference, unnamed)
    office.brings(unanswered)
    text.answers_the_comments(office)
    office.comes_to_the_plan()
    office.finds_missing(difference)
    office.brings(difference)
    text.freezes(office, 2)
    office.comes_to_the_plan()
    office.leaves_the_stage()


def enactment(office: Worker, forum: Worker, governor: Worker) -> None:
    """An institution stands behind it, a decree is signed, the head of region enacts."""
    decree = not_registered(office, ABOUT_ENACTMENT)
    sentence = "No institution outside government stands behind the newest frozen text of %(member)s yet."
    alone = of_member(office, sentence)
    waits = of_member(office, "The head of region has not enacted the part of %(member)s yet.")
    office.finds_missing(decree, alone, waits)
    office.brings(decree)
    office.registers_a_decree(ABOUT_ENACTMENT, ENACTING)
    promise.endorses(forum)
    office.comes_to_the_plan()
    office.finds_missing(waits)
    promise.enacts(governor, ENACTING)
    office.comes_to_the_plan()
    office.leaves_the_stage()


def submission(office: Worker, national: Worker) -> None:
    """Reviewed, answered, made into files, submitted."""
    who, say = office.who, office.say
    unreviewed = say("The national secretariat has not finished its review yet.")
    no_files = say("The files for OGP are not made of the enacted text yet.")
    no_day = say("The day the plan was submitted to OGP is not recorded yet.")
    entering = "OGP's form lacks %(count)s field of “%(part)s”. Enter it, then tick it."
    not_entered = [say(entering, count="…", part=part).split("…")[1] for part in (office.title, text.SHORT)]
    office.finds_missing(unreviewed, no_files, *not_entered, no_day, track="joint")
    promise.writes_a_note(national)
    office.comes_to_the_plan()
    note = say("Note %(number)s of the national secretariat is not answered yet.", number=1)
    office.finds_missing(note, no_files, *not_entered, no_day, track="joint")
    office.brings(note)
    promise.answers_the_note(office)
    who.presses(say("Make the files"))
    promise.enters_the_form(office)
    office.comes_to_the_plan()
    office.finds_missing(no_day, track="joint")
    office.brings(no_day)
    promise.submits(office)
    office.comes_to_the_plan()
    office.leaves_the_stage("joint")


def implementation(office: Worker, monitor: Worker, officer: Worker, head: Worker) -> None:
    """The first report of the monitoring body; the agency's, approved by its head."""
    sentence = "The first report of the monitoring body on the part of %(member)s was not filed."
    unfiled, member = of_member(office, sentence), office.member
    unreported = office.say("“%(commitment)s” has no report approved by its agency's head.", commitment=text.SHORT)
    office.finds_missing(unfiled, unreported, track="joint")
    promise.files_the_first_report(monitor, member)
    promise.reports(officer)
    office.comes_to_the_plan()
    office.finds_missing(unreported, track="joint")
    promise.approves_the_report(head)
    office.comes_to_the_plan()
    office.leaves_the_stage("joint")


def monitoring(office: Worker, monitor: Worker, head: Worker) -> None:
    """An assessment from outside, and the right to reply to it."""
    uncoded = "The monitoring body has not assessed the start of “%(commitment)s”."
    office.finds_missing(office.say(uncoded, commitment=text.SHORT), track="joint")
    promise.assesses_the_start(monitor)
    office.comes_to_the_plan()
    sentence = "On “%(commitment)s” the agency may still use its right of reply until %(day)s."
    due = office.say(sentence, commitment=text.SHORT, day="…").split("…")[0]
    office.finds_missing(due, track="joint")
    promise.replies(head)
    office.comes_to_the_plan()
    office.leaves_the_stage("joint")
    running = "“%(commitment)s” runs until %(day)s; the monitoring body assesses its end after that day."
    office.finds_missing(
        office.say(running, commitment=text.SHORT, day="…").split("…")[0],
        office.say("The last report on “%(commitment)s” was not filed.", commitment=text.SHORT),
        track="joint",
    )

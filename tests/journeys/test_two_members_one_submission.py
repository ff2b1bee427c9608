"""Two governments, one plan: each leaves its own stages in its own portal, and one submission waits for both.

While only the province has a decree and an enactment, the gate names the regency, and the submission is refused.
"""

import pytest

from tests.journeys import planning_promise as promise
from tests.journeys import planning_stages as stages
from tests.journeys.planning import Person, Worker
from tests.journeys.server import brings_in
from tests.journeys.two_members import IN_KSB, IN_NTB, SHORT
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.heavy]
DECREES = {"ntb": "050-12 Tahun 2026", "ksb": "188-34 Tahun 2026"}
READY = "%(member)s has %(count)s stage of its own to go; it stands in “%(stage)s”."
UNDECREED = "The decree by which %(member)s enacts the plan is not registered as in force yet."
ENTERING = "OGP's form lacks %(count)s field of “%(part)s”. Enter it, then tick it."
AGREES = "%(member)s has not agreed yet to leave this stage; each government says so once the rest is there."
UNENACTED = "The head of region has not enacted the part of %(member)s yet."


def enacts_its_part(office, head):
    """A member in its own portal: the decree is named as missing and brought, the head enacts, the stage is left."""
    track = office.place.portal
    office.comes_to_the_plan()
    decree = stages.not_registered(office, stages.ABOUT_ENACTMENT)
    waits = stages.of_member(office, UNENACTED)
    office.finds_missing(decree, waits, track=track)
    office.brings(decree)
    office.registers_a_decree(stages.ABOUT_ENACTMENT, DECREES[track])
    office.comes_to_the_plan()
    office.finds_missing(waits, track=track)
    promise.enacts(head, DECREES[track])
    office.comes_to_the_plan()
    office.leaves_the_stage(track)


def words_owed(office):
    """The words of the two governments, asked for from the first day on."""
    return [office.say(AGREES, member=office.name_of(code)) for code in DECREES]


def form_owed(office):
    """Once both parts are enacted, what OGP's form lacks of each."""
    return [office.say(ENTERING, count="…", part=part).split("…")[1] for part in (office.title, *SHORT.values())]


def agrees(office):
    """A government gives its word."""
    office.comes_to_the_plan()
    sentence = "Agree for %(member)s to leave the stage “%(stage)s”"
    office.who.presses_this(
        office.who.page.get_by_role("button", name=office.say(sentence, member=office.member, stage="…").split("…")[0])
    )


def owed_together(office):
    """What both still have to bring, whoever brings it; each of them then says that the stage may be left."""
    return [
        *words_owed(office),
        office.say("The national secretariat has not finished its review yet."),
        office.say("The files for OGP are not made of the enacted text yet."),
        office.say("The day the plan was submitted to OGP is not recorded yet."),
    ]


def is_refused_while_the_regency_owes(office):
    """The gate names the regency alone, three times; whoever submits all the same is told why not."""
    regency, province = office.name_of("ksb"), office.name_of("ntb")
    ready = office.say(READY, member=regency, count=1, stage="…").split("…")[0]
    owes = [office.say(sentence, member=regency) for sentence in (UNDECREED, UNENACTED)]
    office.finds_missing(ready, *owes, *owed_together(office), track="joint")
    lines = office.who.page.locator("section#joint ul.missing li").all_inner_texts()
    shown = "\n".join(line for line in lines if not any(word in line for word in words_owed(office)))
    assert (regency in shown, province in shown) == (True, False)
    office.who.follows(office.say("Submission"))
    office.who.reads(office.say("Files are made of enacted text. Each head of region enacts its part first."))
    promise.submits(office)
    office.who.reads(office.say("A plan is submitted once every member has enacted its part."))


def submits_for_both(office, other, national):
    """Reviewed without a note, made into files, entered, submitted; with the word of both the stage is left once."""
    office.comes_to_the_plan()
    office.finds_missing(*owed_together(office), *form_owed(office), track="joint")
    national.comes_to_the_plan()
    national.who.follows(national.say("Submission"))
    national.who.presses(national.say("Finish the review"))
    office.comes_to_the_plan()
    office.who.follows(office.say("Submission"))
    office.who.presses(office.say("Make the files"))
    promise.enters_the_form(office, *SHORT.values())
    office.comes_to_the_plan()
    office.who.follows(office.say("Submission"))
    promise.submits(office)
    office.comes_to_the_plan()
    office.finds_missing(*words_owed(office), track="joint")
    agrees(office)
    office.finds_missing(office.say(AGREES, member=office.name_of("ksb")), track="joint")
    agrees(other)


def test_one_submission_waits_for_both_members(visitor, turning):
    brings_in(turning, "tests.journeys.two_members")
    look = {"screen": PHONE, "language": "id", "pictures": False, "seen": set()}

    def worker(account, place):
        return Worker(visitor(at=turning, name=f"dua-{account}", **look), turning, account, place)

    province, regency = worker("sekretariat.ntb", IN_NTB), worker("sekretariat.ksb", IN_KSB)
    enacts_its_part(province, worker("gubernur.ntb", IN_NTB))
    is_refused_while_the_regency_owes(province)
    enacts_its_part(regency, worker("bupati.ksb", IN_KSB))
    submits_for_both(province, regency, worker("nasional", IN_NTB))

    regency.comes_to_the_plan()
    regency.who.follows(regency.say("Submission"))
    regency.who.reads(regency.say("Submitted"))
    regency.who.does_not_read(regency.say("Record the submission"))
    for place in (IN_NTB, IN_KSB):
        citizen = Person(visitor(at=turning, name=f"dua-warga-{place.portal}", **look), turning, place)
        citizen.opens(f"/{place.portal}/rencana-aksi/")
        citizen.who.sees_heading(citizen.title)

"""The plan as a promise: endorsed, enacted, reviewed, submitted, reported on, assessed, replied to."""

import re

from tests.journeys.planning import Worker
from tests.journeys.planning_text import SHORT


def endorses(member_of_forum: Worker) -> None:
    """An institution outside government stands behind the frozen text."""
    who, say = member_of_forum.who, member_of_forum.say
    member_of_forum.comes_to_the_plan()
    who.follows(say("Endorsement and enactment"))
    who.presses(say("%(name)s stands behind this version", name="Somasi NTB"))


def enacts(head: Worker, decree: str) -> None:
    """The second look of the head of region."""
    who, say = head.who, head.say
    head.comes_to_the_plan()
    who.follows(say("Endorsement and enactment"))
    who.follows(say("Read and enact"))
    who.chooses(say("Decree"), re.compile(re.escape(decree)))
    who.ticks(say("I have read this text. It is the one the decree enacts."))
    who.presses(say("Enact this text"))
    who.reads(say("Enacted"))


def writes_a_note(national: Worker) -> None:
    """What the national secretariat wants to be clearer."""
    who, say = national.who, national.say
    national.comes_to_the_plan()
    who.follows(say("Submission"))
    who.follows(say("Write a note"))
    who.writes(say("Note"), "Sebutkan terminal mana yang dimaksud.")
    who.presses(say("Send the note"))
    who.presses(say("Finish the review"))


def answers_the_note(worker: Worker) -> None:
    """On the page of submission."""
    who, say = worker.who, worker.say
    who.follows(say("Answer note %(number)s", number=1))
    who.writes(say("Answer"), "Terminal Mandalika, seperti tertulis dalam tonggak pertama.")
    who.presses(say("Send the answer"))


def enters_the_form(worker: Worker, *commitments: str) -> None:
    """On the page of submission: each part of OGP's web form, copied and ticked."""
    who, say = worker.who, worker.say
    who.follows(say("Open the sheet"))
    for title in (worker.title, *(commitments or (SHORT,))):
        who.presses_this(who.page.locator("main").get_by_role("link", name=title, exact=True).last)
        who.presses(say("All of them stand in the form"))
        who.follows(say("Back to all parts"))


def submits(worker: Worker) -> None:
    """On the page of submission: the day, from which the clocks run."""
    who, say = worker.who, worker.say
    who.follows(say("Record the submission"))
    who.writes(say("Day of submission"), worker.today.isoformat())
    who.presses(say("Record the submission"))


def comes_to_the_commitment(worker: Worker) -> None:
    """From the desk of the plan to the commitment that is monitored."""
    worker.comes_to_the_plan()
    worker.who.follows(worker.say("Monitoring"))
    worker.who.follows(SHORT)


def files_the_first_report(monitor: Worker, member: str) -> None:
    """The monitoring body, on the part of the province."""
    who, say = monitor.who, monitor.say
    monitor.comes_to_the_plan()
    who.follows(say("Monitoring"))
    who.follows(say("File the first report: %(name)s", name=member))
    who.writes(say("Title of the report"), "Laporan awal pemantauan")
    who.writes(say("Address on the web"), "https://contoh.id/laporan-awal")
    who.presses(say("File the report"))


def reports(officer: Worker) -> None:
    """What the agency did in this quarter."""
    who, say, today = officer.who, officer.say, officer.today
    comes_to_the_commitment(officer)
    who.follows(say("Write a report"))
    who.chooses(say("Year"), re.compile(str(today.year)))
    who.page.locator("select[name=quarter]").select_option(str((today.month + 2) // 3))
    who.page.locator("input[name=completion]").nth(2).check()
    who.writes(say("What was done"), "Jadwal ditempel di 40 kantor desa; terminal belum.")
    who.presses(say("Put it before the head"))


def approves_the_report(head: Worker) -> None:
    """The second person of the agency."""
    comes_to_the_commitment(head)
    head.who.presses(head.say("Approve the report"))


def assesses_the_start(monitor: Worker) -> None:
    """The monitoring body codes the commitment as it was promised."""
    who, say = monitor.who, monitor.say
    comes_to_the_commitment(monitor)
    who.follows(say("Assess the start"))
    for name in ("is_verifiable", "is_relevant", "novelty", "ambition"):
        who.page.locator(f"input[name={name}]").first.check()
    who.writes(say("Reasons"), "Tonggaknya punya tanggal dan keluaran yang dapat dilihat.")
    who.presses(say("Publish the assessment"))


def replies(head: Worker) -> None:
    """The agency uses its right of reply."""
    who, say = head.who, head.say
    comes_to_the_commitment(head)
    who.follows(say("Reply"))
    who.writes(say("Reply"), "Kami setuju; terminal menyusul pada triwulan berikut.")
    who.presses(say("Publish the reply"))

"""At the desk of a plan: what a gate says is missing, the way to where it is brought, the gate that opens.

Sentences are told in English as the code has them; `say` gives them in the language of the page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Locator

from lumbung.core.files.tests import papers
from tests.journeys.server import Server
from tests.journeys.visitor import Visitor
from tests.journeys.words import Tongue

PLAN = {"id": "Rencana Aksi NTB Terbuka", "en": "Open NTB Action Plan"}
KEY = "ntb-terbuka"
NTB = re.compile(r"Nusa Tenggara")
BAPPEDA = re.compile(r"^(Badan Perencanaan|Regional Development Planning)")
SOMASI = re.compile(r"^Somasi NTB")
MONITORS = re.compile(r"^LRP2M")
DISKOMINFOTIK = re.compile(r"^(Dinas Komunikasi|Communication)")


@dataclass(frozen=True)
class Place:
    """Which plan a story is about, and in whose portal somebody reads it."""

    portal: str = "ntb"
    key: str = KEY
    titles: Mapping[str, str] = field(default_factory=lambda: PLAN)


HERE = Place()


class Person:
    """Somebody with a browser, who reads the plan and finds their way from link to link."""

    def __init__(self, who: Visitor, server: Server, place: Place = HERE) -> None:
        self.who, self.server, self.place, self.say = who, server, place, Tongue(who.language)

    @property
    def today(self) -> date:
        """The day it is at the server."""
        return self.server.today

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.place.titles[self.who.language]

    def comes_to_the_plan(self) -> None:
        """From the page of action plans to the one that is drawn up."""
        self.opens(f"/{self.place.portal}/rencana-aksi/")
        self.who.follows(self.title)

    def opens(self, address: str) -> None:
        """An address, in the language of the story."""
        self.who.opens(f"/en{address}" if self.who.language == "en" else address)


class Worker(Person):
    """Somebody with an account and a role."""

    def __init__(self, who: Visitor, server: Server, account: str, place: Place = HERE) -> None:
        super().__init__(who, server, place)
        self.account, self.signed_in_on = account, date.min

    def comes_to_the_plan(self) -> None:
        """To the desk of the plan: by the line of links above every page; on another day by signing in anew."""
        link = self.who.page.get_by_role("link", name=self.title, exact=True).first
        if self.signed_in_on != self.today or "/kelola/" not in self.who.page.url:
            self.comes_to_the_desk()
        elif self.who.page.url.endswith(f"/kelola/{self.place.key}/"):
            self.who.opens(self.who.page.url)
            return
        self.who.presses_this(link)

    def comes_to_the_desk(self) -> None:
        """To the plans of this government."""
        if self.signed_in_on != self.today:
            self.who.signs_in(self.account)
            self.signed_in_on = self.today
        self.opens(f"/{self.place.portal}/rencana-aksi/kelola/")

    # --- gates ---

    def finds_missing(self, *sentences: str, track: str = "ntb") -> None:
        """The desk names exactly these, and offers no button to leave the stage."""
        shown = self._track(track).locator("ul.missing li").all_inner_texts()
        assert [each for each in sentences if not any(each in line for line in shown)] == [], shown
        assert len(shown) == len(sentences), shown
        assert self._gate(track).count() == 0

    def leaves_the_stage(self, track: str = "ntb") -> None:
        """Nothing is missing: the button is there, and the stage is passed."""
        done = self._track(track).locator("ol.stages li.done")
        before = done.count()
        assert self._track(track).locator("ul.missing li").all_inner_texts() == []
        self.who.presses_this(self._gate(track))
        assert done.count() == before + 1

    def brings(self, sentence: str) -> None:
        """Follow a sentence to where it is brought."""
        self.who.follows(sentence)

    def _track(self, track: str) -> Locator:
        return self.who.page.locator(f"section#{track}")

    def _gate(self, track: str) -> Locator:
        beginning = self.say("Leave the stage “%(stage)s”", stage="…").split("…")[0]
        return self._track(track).get_by_role("button", name=beginning)

    @property
    def member(self) -> str:
        """How the government of this portal is called here."""
        return self.name_of(self.place.portal)

    def name_of(self, track: str) -> str:
        """How a member of the plan is called on its desk."""
        return self._track(track).locator("h2").inner_text()

    # --- papers ---

    def registers_a_decree(self, about: str, number: str) -> None:
        """On the page of the forum: a signed decree with its paper."""
        who, say = self.who, self.say
        who.follows(say("Register a legal product"))
        who.chooses(say("Kind"), re.compile(re.escape(say("Decree (SK)"))))
        who.chooses(say("About"), re.compile(f"^{re.escape(say(about))}$"))
        who.writes(say("Subject"), "Rencana Aksi Daerah OGP Lokal")
        who.writes(say("Number"), number)
        who.writes(say("Date of enactment"), self.today.isoformat())
        who.attaches(say("Signed document"), "sk.pdf", papers.pdf(stream=number.encode()))
        who.presses(say("Register it"))

    def seats(self, institution: re.Pattern[str], sector: str, duty: str, decree: str = "") -> None:
        """On the form of a seat: who sits there, for whom, by which decree."""
        who, say = self.who, self.say
        who.chooses(say("Registered organisation"), institution)
        who.chooses(say("Sector"), re.compile(f"^{re.escape(say(sector))}$"))
        who.chooses(say("Role in the forum"), re.compile(f"^{re.escape(say(duty))}$"))
        if decree:
            who.chooses(say("By the decree"), re.compile(re.escape(decree)))
        who.presses(say("Seat the institution"))

    # --- meetings ---

    def calls_a_meeting(self, kind: str, in_days: int, at: str = "09:00", until: str = "12:00") -> str:
        """From the page of the forum: announced, with a document shared before it, and invited to."""
        who, say = self.who, self.say
        title = f"{say(kind)} RAD"
        who.follows(say("Plan a meeting of %(member)s", member="…").split("…")[0])
        who.chooses(say("Kind"), re.compile(f"^{re.escape(say(kind))}$"))
        who.writes(say("Name of the meeting"), title)
        who.writes(say("Day"), (self.today + timedelta(days=in_days)).isoformat())
        who.writes(say("Begins at (WITA)"), at)
        who.writes(say("Ends at (WITA)"), until)
        who.writes(say("Meeting place"), "Aula Bappeda")
        who.presses(say("Plan the meeting"))
        who.writes(say("What it is"), "Bahan paparan")
        who.writes(say("Address"), "https://contoh.id/bahan")
        who.presses(say("Share it with everybody"))
        who.presses(say("Send the invitation"))
        return title

    def holds_the_meeting(self, title: str) -> None:
        """On the day after: who came, the minutes, the decisions."""
        who, say = self.who, self.say
        who.follows(say("Forum and meetings"))
        who.follows(title)
        for row, (institution, sector) in enumerate((("Dinas Perhubungan", "Government"), ("Radio Desa", "Media")), 1):
            self._counts(row, institution, sector)
        who.presses(say("Save the numbers"))
        who.writes(say("Minutes"), "Forum membahas jadwal dan isi rencana aksi satu per satu.")
        who.writes(say("Decisions"), "Jadwal disepakati.")
        who.presses(say("Close the meeting"))

    def _counts(self, row: int, institution: str, sector: str) -> None:
        def named(field: str) -> str:
            return self.say("Another institution, row %(row)s: %(field)s", row=row, field=self.say(field))

        self.who.writes(named("Institution"), institution)
        self.who.chooses(named("Sector"), re.compile(f"^{re.escape(self.say(sector))}$"))
        self.who.writes(named("Women"), "3")
        self.who.writes(named("Men"), "2")

"""What a harvest says to people: why something was not taken, and a run told in plain words."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.modules.open_data.models import HarvestRun
from lumbung.modules.open_data.remote.rules import rules

# Why one dataset is not taken over.
REASONS: dict[str, Promise] = {
    "no-title": gettext_lazy("It has no title. Ask the other portal to give it one."),
    "no-identity": gettext_lazy("It has no name of its own, so that it could not be found again."),
    "not-a-dataset": gettext_lazy("Its description is damaged and cannot be read."),
    "too-long": gettext_lazy("Its description is too long to be kept."),
    "not-public": gettext_lazy("The other portal does not show it to everyone."),
    "listed-twice": gettext_lazy("The other portal lists it twice. The first one was taken."),
    "our-own": gettext_lazy("It is ours: the other portal shows what was published here."),
    "withdrawn-here": gettext_lazy("It was withdrawn here by a steward and is not shown again."),
    "not-what-the-log-says": gettext_lazy("Its description is not the one its public log holds."),
    "not-proven": gettext_lazy("Its place in the public log could not be proven."),
}
# Why a run broke off. Nothing is changed by a run that breaks off before it compares.
TROUBLES: dict[str, Promise] = {
    "not-there": gettext_lazy("There is nothing at this address. Check it, or ask the other portal where it moved."),
    "name-unknown": gettext_lazy("The name of the other portal is not known. Check the address."),
    "no-connection": gettext_lazy("The other portal does not answer."),
    "too-slow": gettext_lazy("The other portal answers too slowly."),
    "too-large": gettext_lazy("The other portal answers more than is read at once."),
    "answer-not-ok": gettext_lazy("The other portal answers with an error."),
    "address-not-http": gettext_lazy("This is no address of a page: it begins with https:// or http://."),
    "address-has-a-password": gettext_lazy("The address holds a password. Use the public address."),
    "host-not-public": gettext_lazy(
        "The address leads into a network that is not public. An administrator can allow it in the settings."
    ),
    "port-not-usual": gettext_lazy("The address names an unusual port. An administrator can allow it in the settings."),
    "redirected-too-often": gettext_lazy("The address leads on and on. Use the address it should end at."),
    "not-json": gettext_lazy("What stands at this address is not JSON. Check kind and address."),
    "json-too-deep": gettext_lazy("What stands at this address is nested too deeply to be read."),
    "not-ckan": gettext_lazy("What stands at this address is no catalogue of CKAN. Check kind and address."),
    "not-dcat": gettext_lazy("What stands at this address is no DCAT catalogue. Check kind and address."),
    "not-data-package": gettext_lazy("What stands at this address is no Data Package. Check kind and address."),
    "not-csv-list": gettext_lazy("The list needs the columns id, judul and berkas in its first row."),
    "not-lumbung": gettext_lazy("What stands at this address is no Lumbung. Check kind and address."),
    "not-utf8": gettext_lazy("The list is not written in UTF-8. Save it as “CSV UTF-8”."),
    "xml-entities": gettext_lazy("The catalogue holds a document type, which could hide harm. Ask for it without one."),
    "xml-encoding": gettext_lazy("The catalogue is not written in UTF-8."),
    "remote-context": gettext_lazy("The catalogue points at a context elsewhere, which is never fetched."),
    "damaged": gettext_lazy("What the other portal answers is damaged and cannot be read."),
    "too-much": gettext_lazy("What the other portal answers is too much to be read."),
    "busy": gettext_lazy("Too many answers are being read right now. Try again in a minute."),
    "too-many-pages": gettext_lazy("The other portal names more pages than are read."),
    "too-many-datasets": gettext_lazy("The other portal lists more datasets than are taken over."),
    "next-elsewhere": gettext_lazy("The next page of the catalogue stands at another host."),
    "log-does-not-fit": gettext_lazy("The public log of that installation does not fit what it said before."),
    "log-not-signed-yet": gettext_lazy(
        "The public log over there was not signed for the first time yet, so that nothing can be proven so far."
    ),
    "log-does-not-answer": gettext_lazy("The public log of that installation does not answer."),
    "stopped": gettext_lazy("It was stopped by a steward."),
    "internal": gettext_lazy("Our own program failed. The administrator finds it in the log of the server."),
}


def why(code: str) -> str:
    """A reason in words."""
    return str(REASONS.get(code) or TROUBLES.get(code) or code)


def report(run: HarvestRun) -> Iterator[str]:
    """What a run found and did, sentence by sentence."""
    if run.stage == HarvestRun.Stage.CLEAR:
        yield ngettext("%(n)s dataset was taken out.", "%(n)s datasets were taken out.", run.gone) % _n(run.gone)
        return
    if run.is_same:
        yield _("The other portal says that nothing has changed since the last run.")
    elif run.state != HarvestRun.State.FAILED or run.seen:
        yield from _found(run)
    yield from _ended(run)


def _found(run: HarvestRun) -> Iterator[str]:
    yield ngettext("%(n)s dataset was seen.", "%(n)s datasets were seen.", run.seen) % _n(run.seen)
    if run.new or run.changed:
        told = {"new": _number(run.new), "changed": _number(run.changed), "same": _number(run.unchanged)}
        yield _("%(new)s new, %(changed)s changed, %(same)s as before.") % told
    elif run.seen > run.refused:
        yield _("Nothing has changed.")
    if run.refused:
        yield ngettext(
            "%(n)s was not taken over; the reason stands below.",
            "%(n)s were not taken over; the reasons stand below.",
            run.refused,
        ) % _n(run.refused)
    if run.missing:
        yield ngettext(
            "%(n)s is no longer listed over there; it stays here until it was missing %(runs)s times.",
            "%(n)s are no longer listed over there; they stay here until they were missing %(runs)s times.",
            run.missing,
        ) % (_n(run.missing) | {"runs": rules().missing_runs})
    if run.gone:
        yield ngettext(
            "%(n)s was taken out; the reason stands at its address.",
            "%(n)s were taken out; the reason stands at each address.",
            run.gone,
        ) % _n(run.gone)


def _ended(run: HarvestRun) -> Iterator[str]:
    if run.state == HarvestRun.State.OPEN and run.trouble:
        yield why(run.trouble)
        yield _("It is asked again by itself within a few minutes.")
    elif run.state == HarvestRun.State.OPEN:
        yield _("The run is under way: %(stage)s.") % {"stage": run.get_stage_display()}
    elif run.state == HarvestRun.State.FAILED:
        yield why(run.trouble)
        if not run.seen:
            yield _("Nothing was changed here.")
    elif run.state == HarvestRun.State.ASKS:
        yield _("More than a tenth would be taken out. Nothing was taken out; a steward decides.")


def _n(count: int) -> dict[str, str]:
    return {"n": _number(count)}


def _number(count: int) -> str:
    return formats.number_format(count, use_l10n=True, force_grouping=True)

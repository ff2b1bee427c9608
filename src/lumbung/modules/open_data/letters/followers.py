"""Mail to those who follow data: what its public page says, and nothing else."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lumbung.core.events.queries import HistoryEntry
from lumbung.core.notices.letters import Letter
from lumbung.modules.open_data.models import DataFollower, Dataset, Hook


def name_of(dataset: Dataset | None) -> str:
    """What a dataset is called; its address where no list has it."""
    listing = getattr(dataset, "listing", None)
    if dataset is None or listing is None:
        return dataset.key if dataset else ""
    is_english = (get_language() or "").startswith("en")
    return str((listing.title_en if is_english else "") or listing.title_id)


def about(row: DataFollower | Hook) -> str:
    """What is followed."""
    return name_of(row.dataset) if row.dataset else _("all data of %(portal)s") % {"portal": row.portal.name}


def confirm(row: DataFollower | Hook, token: str) -> Letter:
    """Ask the owner of the address whether they meant it."""
    address = reverse("open_data:follow-confirm", kwargs={"portal_slug": row.portal_id, "token": token})
    if isinstance(row, Hook):
        asked = _("Somebody wants a program at %(host)s to be told of %(about)s, with you as its owner.")
        said = asked % {"host": row.host, "about": about(row)}
    else:
        said = _("Somebody asked to send news about “%(about)s” to this address.") % {"about": about(row)}
    return Letter(
        _("Confirm that you want to follow: %(about)s") % {"about": about(row)},
        (said, _("If it was you, confirm below. If not, do nothing: the address is destroyed in 7 days.")),
        ((_("Open the page that confirms"), address),),
    )


def changed(dataset: Dataset, entry: HistoryEntry) -> Letter:
    """One thing that happened."""
    name = name_of(dataset)
    kwargs = {"portal_slug": dataset.portal_id, "key": dataset.key}
    links = [(_("Open the dataset"), reverse("open_data:dataset", kwargs=kwargs))]
    number = entry.data.get("number")
    if entry.key == "open_data.release_published" and isinstance(number, int) and number > 1:
        links.append((_("What is different"), reverse("open_data:difference", kwargs={**kwargs, "number": number})))
    return Letter(f"{name}: {entry.sentence}"[:200], (name, entry.sentence), tuple(links))


def hook_stopped(hook: Hook, answer: str) -> Letter:
    """The program did not take messages for a long time."""
    address = reverse("open_data:follow", kwargs={"portal_slug": hook.portal_id})
    return Letter(
        _("Your program at %(host)s is not told any more") % {"host": hook.host},
        (
            _("Several messages about %(about)s were not taken; the last answer was: %(answer)s.")
            % {"about": about(hook), "answer": answer},
            _("Mend the program, then register it again. The link in the first mail shows what was sent."),
        ),
        ((_("Register it again"), address),),
    )

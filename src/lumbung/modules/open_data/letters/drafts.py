"""About drafts on the data desk, to officers only: what waits for them, and what became of what they handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.web import formatting
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Draft
from lumbung.modules.open_data.states import DraftState


def waits(draft: Draft) -> Letter:
    """To whoever takes the next step."""
    told = {"title": _title(draft), "agency": draft.dataset.producer.name, "state": draft.get_state_display()}
    return Letter(
        _("A draft waits for you: %(title)s") % told,
        (_("“%(title)s” of %(agency)s: %(state)s.") % told,),
        ((_("Open it on the data desk"), _address(draft)),),
    )


def moved(draft: Draft, reason: str) -> Letter:
    """To whoever handed it in."""
    told = {"title": _title(draft)}
    if draft.state == DraftState.RETURNED:
        said = (_("Returned: %(title)s") % told, reason)
    elif draft.state == DraftState.PUBLISHED:
        said = (_("Published: %(title)s") % told, _("Everybody can read and download it now."))
    else:
        said = (_("Passed every check: %(title)s") % told, _day(draft))
    return Letter(said[0], (said[1],), ((_("Open it"), _address(draft)),))


def stopped(draft: Draft, gap: str) -> Letter:
    """To whoever publishes and whoever handed it in: its day came, and something is missing again."""
    told = {"day": _release_day(draft), "gap": gap}
    return _not_published(draft, _("Its release day is %(day)s. Missing: %(gap)s") % told)


def failed(draft: Draft, reason: str) -> Letter:
    """To the same people: its day came, nothing is missing, and yet it could not be published."""
    return _not_published(draft, _("Its release day is %(day)s.") % {"day": _release_day(draft)} + f" {reason}")


def _not_published(draft: Draft, why: str) -> Letter:
    again = _("It is tried again every morning. If the draft itself has to change, return it to its producer.")
    return Letter(
        _("Not published on its day: %(title)s") % {"title": _title(draft)},
        (why, again),
        ((_("Open it on the data desk"), _address(draft)),),
    )


def _release_day(draft: Draft) -> str:
    assert draft.release_on is not None  # only those are looked for
    return formatting.date_long(draft.release_on)


def day_moved(draft: Draft) -> Letter:
    """To whoever handed it in: the data steward chose another release day."""
    return Letter(
        _("Another release day: %(title)s") % {"title": _title(draft)},
        (_day(draft),),
        ((_("Open it on the data desk"), _address(draft)),),
    )


def _day(draft: Draft) -> str:
    if draft.release_on is None:
        return _("The data steward publishes it next.")
    return _("It is published by itself on %(day)s.") % {"day": formatting.date_long(draft.release_on)}


def _title(draft: Draft) -> str:
    return shape.words(draft.metadata.get("dataset", {}).get("title")) or draft.dataset.key


def _address(draft: Draft) -> str:
    name = "dataset" if draft.state == DraftState.PUBLISHED else "draft"
    kwargs = {"portal_slug": draft.dataset.portal_id, "key": draft.dataset.key}
    return reverse(f"open_data:{name}", kwargs=kwargs)

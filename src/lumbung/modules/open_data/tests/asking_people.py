"""Somebody asks something of the data desk, as a test needs it."""

import uuid

from tests.cast import NOW

from lumbung.modules.open_data.actions import asking, asking_clearing
from lumbung.modules.open_data.actions.asking import Sender
from lumbung.modules.open_data.models import Asking
from lumbung.modules.open_data.queries.askings import Words

TEXT = "Saya mencari jumlah sumur gali per desa di Seteluk tahun 2025."


def asked(people, *, kind=Asking.Kind.DATA, dataset=None, text=TEXT, email="", now=NOW, **words):
    """What somebody sent."""
    return asking.send(
        portal=people.ntb,
        kind=kind,
        dataset=dataset,
        words=Words(text, **words),
        sender=Sender(email),
        draft_key=uuid.uuid4(),
        now=now,
    ).asking


def cleared(people, found, *, text=None, now=NOW):
    """The same, looked through by the steward."""
    words = Words(text if text is not None else TEXT)
    return asking_clearing.clear(found=found, words=words, by=people.viewer("walidata.ntb"), now=now)

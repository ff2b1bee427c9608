"""What the verifiable log gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, Manifest, Role, Verb
from lumbung.core.log import jobs
from lumbung.core.log.events import (
    LogBegunAnew,
    PeerAdded,
    PeerEnded,
    PeerFoundInconsistent,
    WitnessAdded,
    WitnessEnded,
    WitnessMoved,
)
from lumbung.core.log.permissions import KEEP_WITNESSES

MANIFEST = Manifest(
    name="log",
    title=_("Public log"),
    verbs=(Verb(KEEP_WITNESSES, _("Add and end witnesses of the public log, and installations it watches")),),
    roles=(Role("administrator", _("Administrator"), "installation", (KEEP_WITNESSES,)),),
    events=(
        EventType(WitnessAdded, _("%(witness)s became a witness of this log")),
        EventType(WitnessEnded, _("%(witness)s is no longer a witness of this log")),
        EventType(WitnessMoved, _("The address to which checkpoints are sent for the witness %(witness)s changed")),
        EventType(
            LogBegunAnew,
            _("The log began anew as %(origin)s after %(previous_origin)s, of which it names the last checkpoint"),
        ),
        EventType(PeerAdded, _("This installation watches the log %(peer)s")),
        EventType(PeerEnded, _("This installation no longer watches the log %(peer)s")),
        EventType(PeerFoundInconsistent, _("The log %(peer)s does not continue what it signed before")),
    ),
    jobs=(
        JobType("log.extend", jobs.extend, every_seconds=30),
        JobType("log.watch_peers", jobs.watch_peers, every_seconds=300),
        JobType("log.watch_peer", jobs.watch_peer),
        JobType("log.send_checkpoint", jobs.send_checkpoint),
        JobType("log.examine", jobs.examine, daily_at=time(2)),
    ),
)

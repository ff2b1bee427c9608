"""What notices give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.notices import actions, jobs

# Pauses between attempts grow to one hour, so sixty attempts cover the two days after which a message is given up.
SEND_ATTEMPTS = 60

MANIFEST = Manifest(
    name="notices",
    title=_("Notifications"),
    jobs=(
        JobType(actions.SEND, jobs.send, max_attempts=SEND_ATTEMPTS),
        JobType("notices.purge", jobs.purge, every_seconds=6 * 3600),
    ),
)

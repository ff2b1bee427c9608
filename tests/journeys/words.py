"""What people read and press in the stories, by the sentence in the code. The one file to mend when wording changes.

The stories are told in Indonesian: each sentence is looked up in the catalogues, as the pages do.
"""

import re
from collections.abc import Mapping

from lumbung.site import translations

_KNOWN = {
    message.id if isinstance(message.id, str) else message.id[0]: message.string
    for part in translations.parts()
    for message in translations.stored_in(part)
    if message.id
}


_PLURALS = {
    message.id[0]: message.id[1]
    for part in translations.parts()
    for message in translations.stored_in(part)
    if message.id and not isinstance(message.id, str)
}


MISSING: list[str] = []


def _indonesian(sentence: str) -> str:
    found = _KNOWN.get(sentence)
    if isinstance(found, str):
        return found
    MISSING.append(sentence)  # told by a test of its own, so that only the stories fail, not the collecting
    return sentence


class Tongue:
    """The sentences of the code as a page says them in one language: `say("Leave the stage “%(stage)s”", stage=…)`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, sentence: str, **told: object) -> str:
        assert sentence in _KNOWN, f"the code says this in other words now: {sentence}"
        found = _KNOWN[sentence] if self.language == "id" else self._in_english(sentence, told)
        words = found if isinstance(found, str) else found[0]
        return words % told if told else words

    @staticmethod
    def _in_english(sentence: str, told: Mapping[str, object]) -> str:
        """A sentence with a plural is named by its singular; the number it is told chooses."""
        return sentence if told.get("count") == 1 else _PLURALS.get(sentence, sentence)


def pattern(sentence: str) -> re.Pattern[str]:
    """The sentence at the beginning of a name: labels may be followed by “(boleh dikosongkan)” or a hint."""
    return re.compile(rf"^\s*{re.escape(sentence)}", re.IGNORECASE)


SKIP = _indonesian("Skip to the content")

# sending
SEND_A_REPORT = _indonesian("Send a report")
WHAT_TO_REPORT = _indonesian("What do you want to report?")
STORY = _indonesian("What happened?")
WHERE_IS_IT = _indonesian("Where is it?")
DISTRICT = _indonesian("District")
VILLAGE = _indonesian("Village or urban ward")
LANDMARK = _indonesian("Landmark")
CHECK_AND_SEND = _indonesian("Check and send")
NAME = _indonesian("Name")
TELEPHONE = _indonesian("Telephone or WhatsApp")
EMAIL = _indonesian("E-mail")
ANONYMOUS = _indonesian("Anonymous")
CONFIDENTIAL = _indonesian("Confidential")
TO_THE_PLACE = _indonesian("Next: the place")
TO_THE_CHECK = _indonesian("Next: check and send")
SEND = _indonesian("Send the report")
RECEIVED = _indonesian("Your report was received")
ERRORS = _indonesian("Some answers need correcting")

# following
TRACK = _indonesian("Track a report")
ACCESS_CODE = _indonesian("Access code")
OPEN_MINE = _indonesian("Open my report")
ADD = _indonesian("Add something")
SEND_ADDITION = _indonesian("Send the addition")
ADDITION_RECEIVED = _indonesian("Your addition was received.")
VERY_GOOD = _indonesian("4 – very good")
IT_IS_DONE = _indonesian("Yes, it is done")
CONFIRMED = _indonesian("Confirmed by the reporter")
NO_NEWS_YET = _indonesian("There is no public news under this number yet")

# working
PUBLIC_TITLE = _indonesian("Title for the public")
PUBLIC_TEXT = _indonesian("Text for the public")
CONFIRM_VERSION = _indonesian("Confirm the public version")
AGENCY = _indonesian("Agency")
ASSIGN = _indonesian("Assign")
ACCEPT = _indonesian("Accept the report")
KIND = _indonesian("Kind of response")
RESPONSE = _indonesian("Response")
PUT_BEFORE_HEAD = _indonesian("Put before the head")
APPROVE = _indonesian("Approve and publish")
FINISHED = _indonesian("Finished")

# what a story puts in
ROAD = "Jalan rusak"
PLACE = re.compile(r"Seteluk")
FINAL = re.compile("akhir|final|selesai", re.IGNORECASE)
PUPR = re.compile(r"^\s*(?:Dinas )?Pekerjaan Umum|^\s*Dinas PUPR", re.IGNORECASE)

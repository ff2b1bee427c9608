"""What is refused in words everybody will read: personal data, and words their writer did not write (ADR 27)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.web import personal_kinds
from lumbung.kernels import omissions, personal_data


def refuse_personal_data(field: str, text: str) -> None:
    """What everybody will read holds no NIK, telephone number, e-mail address or plate."""
    found = personal_data.find(text)
    if found:
        raise Refused(
            "personal-data-for-the-public",
            _("This still holds personal data (%(kinds)s). Leave it out, then save again."),
            field=field,
            kinds=personal_kinds.kinds_in(found),
        )


def refuse_other_words(sent: Mapping[str, str], public: Mapping[str, str], *, whole: str = "text") -> None:
    """What the public reads is what was sent, with parts left out and each gap marked.

    sent, public   the words of each field as they came, and as they are to be read
    whole          the field that may not be left out altogether; the others may
    """
    for field, before in sent.items():
        after = public[field]
        if (field == whole or after.strip()) and not omissions.only_omits(before, after):
            raise Refused(
                "words-of-somebody-else",
                _("Leave parts out, but change nothing: put ••• where something is left out. Otherwise hide it."),
                field=field,
            )


def refuse_unreadable(public: Mapping[str, str], *, whole: str = "text") -> None:
    """No field holds personal data, and something is left to read."""
    for field, text in public.items():
        refuse_personal_data(field, text)
    if not public[whole].strip():
        raise Refused("public-words-missing", _("Write what the public is to read, or hide it."), field=whole)

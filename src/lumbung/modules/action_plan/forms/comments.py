"""What a member of the forum says about a draft."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.actions.commenting import Words

RELOAD = _("Reload the page and send again.")


class CommentForm(forms.Form):
    """A comment, the words it is about, and where they stand."""

    use_required_attribute = False
    draft_key = forms.UUIDField(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), RELOAD))
    field = forms.ChoiceField(label=_("Part of the draft"), choices=(), required=False)
    quote = forms.CharField(
        label=_("Words the comment is about"),
        help_text=_("Copied from the text. Leave it empty to comment on the draft as a whole."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1_000,
        required=False,
        error_messages={"max_length": _("Quote at most 1,000 characters.")},
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    after = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=3,
        max_length=4_000,
        error_messages={
            "required": _("Write your comment."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("Shorten this to 4,000 characters."),
        },
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(each.key, each.label) for each in shape.anchored_fields(kind)]
        self.fields["field"].choices = [("", _("the draft as a whole")), *parts]  # type: ignore[attr-defined]
        self.initial.setdefault("draft_key", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """Quoted words stand in a part."""
        told = super().clean() or {}
        if told.get("quote", "").strip() and not told.get("field"):
            self.add_error("field", _("Choose the part in which these words stand."))
        return told

    @property
    def words(self) -> Words:
        """What was entered. Valid forms only."""
        names = ("text", "draft_key", "field", "quote", "before", "after")
        told = {name: self.cleaned_data[name] for name in names}
        return Words(**{**told, "before": told["before"][-60:], "after": told["after"][:60]})

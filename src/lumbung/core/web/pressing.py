"""What happens when somebody presses: the step runs, or its refusal comes back to where it can be mended."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from lumbung.core.base.errors import NotPermitted, Refused


def saved(request: HttpRequest, form: forms.Form, step: Callable[[], object], *, said: str) -> bool:
    """Run a step with a valid form; a refused one stands in the form, with everything typed."""
    try:
        step()
    except NotPermitted:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    messages.success(request, said)
    return True


def pressed(request: HttpRequest, step: Callable[[], object], *, said: str) -> None:
    """Run a step of one button. A refused one is told on the page the person comes back to."""
    try:
        step()
    except NotPermitted:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)

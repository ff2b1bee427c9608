"""The Jinja2 environment of every page of ours."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from lumbung.core.datasets import registry as tables
from lumbung.core.web import compiled_templates, formatting, languages, periods, personal_kinds, qr_codes


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about unknown names, with translations, addresses and number forms."""
    options.setdefault("undefined", StrictUndefined)
    options["auto_reload"] = False
    options["bytecode_cache"] = compiled_templates.prepared()
    env = Environment(  # noqa: S701 - the backend passes autoescape=True; a test proves it
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext, ngettext=translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        static=static,
        url=address,
        is_demo=settings.IS_DEMO,
        current_language=translation.get_language,
        qr=qr_codes.qr,
        personal_kind=personal_kinds.label_of,
        table_pages=tables.pages,
    )
    env.filters.update(formatting.FILTERS)
    env.filters.update(languages.FILTERS)
    env.filters.update(periods.FILTERS)
    return env


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """`url('reports:detail', portal=portal, number=…)`: a portal object stands for its slug."""
    portal = kwargs.pop("portal", None)
    if portal is not None:
        kwargs["portal_slug"] = portal.slug
    return reverse(name, args=args or None, kwargs=kwargs or None)

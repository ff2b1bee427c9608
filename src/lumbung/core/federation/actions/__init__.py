"""Every write of federation: what is published, and what is taken over from others."""

from lumbung.core.federation.actions.fetching import fetch, fetch_all
from lumbung.core.federation.actions.publishing import publish_all

__all__ = ["fetch", "fetch_all", "publish_all"]

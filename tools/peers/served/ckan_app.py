"""CKAN as a WSGI application, run by the Python of its own environment.

There is no Solr and no Redis: nothing is indexed, no job is put by for later, and nobody waits until neither answers.
"""

import os
from typing import Any

from ckan.cli import CKANConfigLoader
from ckan.config import environment
from ckan.config.middleware import make_app
from ckan.lib import search


def _find_nothing(query: Any, *_asked: Any, **_options: Any) -> dict[str, Any]:
    """What an empty index answers; producers and topics are told with how many datasets it counts."""
    query.count, query.results, query.facets = 0, [], {"owner_org": {}, "groups": {}}
    return {"results": [], "count": 0}


def _keep_nothing(_query: Any, _reference: str) -> dict[str, Any]:
    raise search.SearchError("there is no index")


search.PackageSearchQuery.run = _find_nothing
search.PackageSearchQuery.get_index = _keep_nothing
search._INDICES["package"] = search.NoopSearchIndex  # noqa: SLF001 - CKAN has no setting for "no index"
search.check_solr_schema_version = lambda _file=None: True
environment.is_redis_available = lambda: False
application = make_app(CKANConfigLoader(os.environ["CKAN_INI"]).get_config())

"""Every address (decision 14). Indonesian without a prefix, English under /en/ with the same slugs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from lumbung.core.organisations import pages as organisations
from lumbung.core.web import search_page
from lumbung.modules.open_data.api import ckan, datasets, datastore_dump, rows, sql
from lumbung.modules.open_data.pages import dcat
from lumbung.modules.open_data.pages.charts import embedding
from lumbung.site import pages
from lumbung.site.openapi.pages import described, interfaces

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("wilayah/", include("lumbung.core.regions.urls")),
    path("media/", include("lumbung.core.files.urls")),
    path("log/", include("lumbung.core.federation.urls")),
    path("log/", include("lumbung.core.log.urls")),
    path("api/v1/datasets", datasets.datasets, name="dataset-names"),
    path("api/v1/datasets/<slug:dataset_name>/rows", rows.rows, name="dataset-rows"),
    path("api/v1/sql", sql.sql, name="dataset-sql"),
    path("api/v1/openapi.json", described, name="api-document"),
    path("catalog.<slug:kind>", dcat.catalogue_of_all, name="catalogue-of-all"),
    path("<slug:portal_slug>/catalog.<slug:kind>", dcat.catalogue_of_portal, name="catalogue-of-portal"),
    # For programs made for CKAN; ckanapi leaves the version out. A path: what is no action is told as CKAN does.
    path("api/3/action/<path:ckan_action>", ckan.action, name="ckan-action"),
    path("api/action/<path:ckan_action>", ckan.action, name="ckan-action-without-version"),
    path("datastore/dump/<str:datastore_id>", datastore_dump.dump, name="datastore-dump"),
    path("<slug:portal_slug>/api/3/action/<path:ckan_action>", ckan.action, name="portal-ckan-action"),
    path("<slug:portal_slug>/api/action/<path:ckan_action>", ckan.action, name="portal-ckan-action-without-version"),
    path("<slug:portal_slug>/datastore/dump/<str:datastore_id>", datastore_dump.dump, name="portal-datastore-dump"),
    *i18n_patterns(
        path("", include("lumbung.core.web.urls")),
        path("akun/beranda/", pages.account_home, name="account-home"),
        path("akun/", include("lumbung.core.access.sign_in_urls")),
        path("api/v1/", interfaces, name="interfaces"),
        path("kelola/", pages.administration, name="administration"),
        path("kelola/keadaan/", pages.installation_state, name="installation-state"),
        path("kelola/akun/", include("lumbung.core.access.urls")),
        path("kelola/organisasi/", include("lumbung.core.organisations.urls")),
        path("kelola/portal/", include("lumbung.core.portals.urls")),
        path("kelola/saksi/", include("lumbung.core.log.keeping_urls")),
        path("catatan-publik/pemasangan-lain/", include("lumbung.core.federation.people_urls")),
        path("catatan-publik/", include("lumbung.core.log.people_urls")),
        path("kalender/", include("lumbung.core.calendar.urls")),
        path("", include("lumbung.core.notices.urls")),
        path("<slug:portal_slug>/", pages.portal_home, name="portal-home"),
        path("<slug:portal_slug>/organisasi/", organisations.public_list, name="organisation-list"),
        path("<slug:portal_slug>/organisasi/<slug:code>/", organisations.public_page, name="organisation"),
        path("<slug:portal_slug>/cari/", search_page.search, name="search"),
        path("<slug:portal_slug>/laporan/", include("lumbung.modules.reports.urls")),
        path("<slug:portal_slug>/rencana-aksi/", include("lumbung.modules.action_plan.urls")),
        path("<slug:portal_slug>/sematkan/<slug:dataset_key>/", embedding.embedded, name="open-data-embedded"),
        path(
            "<slug:portal_slug>/sematkan/<slug:dataset_key>/v<int:release_number>/",
            embedding.embedded_release,
            name="open-data-embedded-release",
        ),
        path(
            "<slug:portal_slug>/sematkan/<slug:dataset_key>/peta/",
            embedding.embedded_map,
            name="open-data-embedded-map",
        ),
        path(
            "<slug:portal_slug>/sematkan/<slug:dataset_key>/v<int:release_number>/peta/",
            embedding.embedded_release_map,
            name="open-data-embedded-release-map",
        ),
        path("<slug:portal_slug>/data/", include("lumbung.modules.open_data.urls")),
        path("<slug:portal_slug>/indikator/", include("lumbung.core.indicators.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "lumbung.core.web.pages.bad_request"
handler403 = "lumbung.core.web.pages.permission_denied"
handler404 = "lumbung.core.web.pages.page_not_found"
handler500 = "lumbung.core.web.pages.server_error"

"""Addresses of open data under a portal: /ntb/data/…"""

from django.urls import path

from lumbung.modules.open_data.pages import catalogue, withdrawing

app_name = "open_data"
urlpatterns = [
    path("", catalogue.dataset_list, name="list"),
    path("<slug:key>/", catalogue.dataset_detail, name="dataset"),
    path("<slug:key>/terbitkan/", withdrawing.publish_declared, name="publish"),
    path("<slug:key>/v<int:number>/", catalogue.release_detail, name="release"),
    path("<slug:key>/v<int:number>/tarik/", withdrawing.withdraw, name="withdraw"),
    path("<slug:key>/v<int:number>/<slug:resource>.<slug:kind>", catalogue.download, name="table"),
    path("<slug:key>/v<int:number>/data.<slug:kind>", catalogue.download, {"resource": "data"}, name="file"),
]

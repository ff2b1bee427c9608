"""Addresses of data under a portal: /ntb/data/…"""

from django.urls import path

from lumbung.core.datasets import pages

app_name = "datasets"
urlpatterns = [
    path("", pages.dataset_list, name="list"),
    path("<slug:key>/", pages.dataset_detail, name="detail"),
    path("<slug:key>/terbitkan/", pages.publish, name="publish"),
    path("<slug:key>/v<int:number>/tarik/", pages.withdraw, name="withdraw"),
    path("<slug:key>/v<int:number>/data.<slug:kind>", pages.download, name="download"),
]

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lumbung.core.search"
    label = "search"

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "lumbung.core.regions"
    label = "regions"

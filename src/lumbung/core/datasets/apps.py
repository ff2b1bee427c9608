from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "lumbung.core.datasets"
    label = "datasets"

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "lumbung.modules.open_data"
    label = "open_data"

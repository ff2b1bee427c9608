from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "lumbung.core.tables"
    label = "tables"

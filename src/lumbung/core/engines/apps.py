from django.apps import AppConfig


class EnginesConfig(AppConfig):
    name = "lumbung.core.engines"
    label = "engines"

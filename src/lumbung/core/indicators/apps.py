from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "lumbung.core.indicators"
    label = "indicators"

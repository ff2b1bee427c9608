from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "lumbung.core.limits"
    label = "limits"

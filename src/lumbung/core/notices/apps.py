from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lumbung.core.notices"
    label = "notices"

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lumbung.core.access"
    label = "access"

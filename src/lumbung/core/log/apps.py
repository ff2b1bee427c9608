from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "lumbung.core.log"
    label = "log"

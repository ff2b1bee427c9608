from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lumbung.core.web"
    label = "web"

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "lumbung.core.links"
    label = "links"

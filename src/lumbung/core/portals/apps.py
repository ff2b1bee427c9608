from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "lumbung.core.portals"
    label = "portals"

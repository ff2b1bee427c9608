from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "lumbung.core.federation"
    label = "federation"

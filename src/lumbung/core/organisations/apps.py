from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lumbung.core.organisations"
    label = "organisations"

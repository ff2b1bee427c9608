from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lumbung.core.jobs"
    label = "jobs"

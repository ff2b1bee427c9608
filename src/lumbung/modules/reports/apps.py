from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lumbung.modules.reports"
    label = "reports"

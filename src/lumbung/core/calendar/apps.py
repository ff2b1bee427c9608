from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "lumbung.core.calendar"
    label = "calendar"

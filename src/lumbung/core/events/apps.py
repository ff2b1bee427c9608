from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "lumbung.core.events"
    label = "events"

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lumbung.core.files"
    label = "files"

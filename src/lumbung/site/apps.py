from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers every manifest once all apps are loaded. Must stand last in INSTALLED_APPS."""

    name = "lumbung.site"
    label = "site"

    def ready(self) -> None:
        from lumbung.site import manifests  # noqa: PLC0415 - models must be loaded first

        manifests.register_all()

from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    """The Swedish and Finnish catalogues, and what libraries leave unsaid in them."""

    name = "foundation.translations"

    def ready(self) -> None:
        from foundation.translations import checks  # noqa: F401  (registers itself)

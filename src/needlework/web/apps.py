"""The page shell that knows no record."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web shell."""

    name = "needlework.web"

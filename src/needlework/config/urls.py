"""Every address of the product, room by room."""

from django.urls import URLPattern, URLResolver, path

from needlework.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]

"""The product's addresses and those that only `needlework demo` has."""

from django.urls import path

from needlework.config.urls import handler403, handler404
from needlework.config.urls import urlpatterns as every_page
from needlework.front.views import demo

urlpatterns = [path("demo/<slug:role>/", demo.enter, name="demo-enter"), *every_page]

__all__ = ["handler403", "handler404", "urlpatterns"]

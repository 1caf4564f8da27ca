"""Addresses of own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of paying online."""

from django.urls import path

from needlework.payments import views

urlpatterns = [
    path("pay/<slug:token>/", views.pay, name="pay"),
    path("payments/heard/", views.heard, name="payments-heard"),
]

"""Patients, their standing facts and their own pages."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Patients."""

    name = "needlework.patients"

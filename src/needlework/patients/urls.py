"""Addresses about patients, for staff and for the patients themselves."""

from django.urls import path

from needlework.patients.views import access, contact, facts, importing, merging, own, people

ONE = "patients/<uuid:patient_id>/"

urlpatterns = [
    path("patients/", people.find, name="patients"),
    path("patients/new/", people.new, name="patient-new"),
    path("patients/import/", importing.choose, name="patients-import"),
    path("patients/import/<uuid:file_id>/", importing.apply, name="patients-import-file"),
    path("patients/export.csv", importing.export, name="patients-export"),
    path("patients/break-glass/", access.search, name="break-glass"),
    path("patients/break-glass/reason/", access.give_reason, name="break-glass-reason"),
    path("patients/break-glass/taken/", access.taken, name="break-glass-list"),
    path("patients/break-glass/taken/<uuid:access_id>/seen/", access.mark_seen, name="break-glass-seen"),
    path(ONE, people.show, name="patient"),
    path(f"{ONE}edit/", people.edit, name="patient-edit"),
    path(f"{ONE}history/", people.history, name="patient-history"),
    path(f"{ONE}contact/", contact.choices, name="patient-contact"),
    path(f"{ONE}facts/", facts.past, name="patient-facts"),
    path(f"{ONE}facts/<slug:kind>/new/", facts.new, name="fact-new"),
    path(f"{ONE}facts/<uuid:fact_id>/end/", facts.end, name="fact-end"),
    path(f"{ONE}facts/<uuid:fact_id>/error/", facts.mark_error, name="fact-error"),
    path(f"{ONE}access/", access.grants, name="patient-access"),
    path(f"{ONE}access/<uuid:grant_id>/end/", access.end_grant, name="grant-end"),
    path(f"{ONE}merge/", merging.choose, name="patient-merge"),
    path(f"{ONE}merge/with/<uuid:other_id>/", merging.merge, name="patient-merge-with"),
    path(f"{ONE}merge/<uuid:merge_id>/undo/", merging.undo, name="merge-undo"),
    path("me/", own.details, name="me"),
    path("me/sign-in/", own.ask_for_link, name="me-sign-in"),
    path("me/sign-in/<slug:token>/", own.open_link, name="me-link"),
    path("me/sign-out/", own.sign_out, name="me-sign-out"),
    path("me/contact/", own.contact_choices, name="me-contact"),
    path("me/opened/", own.openings, name="me-opened"),
]

"""Reading patients: each query knows who is asking."""

from needlework.patients.queries.people import follow, patient_for, patients_for, same_person

__all__ = ["follow", "patient_for", "patients_for", "same_person"]

"""Pages that show many concepts at once: the clinic's day, the outbox, the access log, a patient's whole record."""

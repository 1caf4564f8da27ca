"""Pages about patients, for staff and for the patients themselves."""

"""Writers for backups that are made while the clinic works."""

"""Backups: `making` one of a running clinic, `restoring` one into an empty home."""

"""The diary as calendar programs read it: files and feeds in iCalendar (RFC 5545)."""

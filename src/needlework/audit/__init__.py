"""Append-only events: what was done and what was seen. The way in is `audit.record`."""

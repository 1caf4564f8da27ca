"""The rule set: one dated version of every rule of care."""

VERSION = "2026.11"
"""Stored with each decision, so that an old one can be explained after the rules have moved on."""

"""Needlework: the whole course of a microneedling treatment, from first question to measured result."""

__version__ = "2026.11.0"

"""Writes the reference pages that are made from the rules and their tests."""

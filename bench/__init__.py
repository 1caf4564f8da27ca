"""Benchmarks: each file prints a table and judges nothing."""

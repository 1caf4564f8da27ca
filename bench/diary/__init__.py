"""The benchmark of the diary."""

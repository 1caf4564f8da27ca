"""The benchmark of the forecast."""

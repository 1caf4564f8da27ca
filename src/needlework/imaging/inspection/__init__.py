"""Is a photograph fit to be measured, are two visits comparable, and what to do about it if not."""

"""The rules of care: screening, planning, numbing, aftercare, triage, grading and what a consent must say.

Pure: standard library only, no clock, no network. The rules are TOML under `rules/`, each with its sources; code holds
shapes and meanings, not numbers. Nothing is read before it is asked for.
"""

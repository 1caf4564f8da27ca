"""What is known and from where: sources, graded facts, zones and the law of each nation; the loader checks itself.

Standard library only; nothing is read before it is asked for.
"""

"""A page of the diary as a table: columns side by side, rows of the clock, what overlaps in lanes. No Django."""

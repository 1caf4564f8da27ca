"""Pages that show many concepts."""

"""What a zone shows: one estimate per measure, with the scatter of single shots around it."""

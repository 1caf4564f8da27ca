"""Messages: what is to be said to whom, and the proof of what was sent."""

"""What the front pages read."""

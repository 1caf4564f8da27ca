"""What can be done in the diary."""

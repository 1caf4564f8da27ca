"""What can be read of the diary; every question knows who asks."""

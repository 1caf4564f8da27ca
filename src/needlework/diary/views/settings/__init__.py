"""Pages on which a lead sets up a clinic's diary."""

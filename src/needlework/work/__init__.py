"""Background work: jobs in the database, taken under a lease, finished only by whoever holds it."""

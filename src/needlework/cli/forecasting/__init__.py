"""`needlework forecast FILE`: reading the course, and telling what to expect of it."""

"""Moving a clinic from SQLite to PostgreSQL: `move` copies every row, `rows` reads, writes and compares them."""

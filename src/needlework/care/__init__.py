"""What joins rooms that do not know each other: appointments and what is paid for them."""

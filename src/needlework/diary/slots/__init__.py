"""Which times can be offered, worked out on whole numbers: a bit for every five minutes of a day."""

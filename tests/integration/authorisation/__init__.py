"""The authorisation matrix: every address, as every kind of person, with every object, by every method."""

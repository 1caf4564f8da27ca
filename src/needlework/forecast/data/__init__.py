"""What was published and what is assumed, as data: the entries by use, and the priors."""

"""How the model does on numbers that it was not fitted to.

scores    the place of a report among draws, its CRPS, and bands
checks    one number of one study, and how the model forecasts it
healing   checks of hours and days: channels, redness
tissue    checks of collagen in time
courses   checks of what a course takes, by studies that were never fitted
fitted    checks of studies that were fitted, for a fit without them
studies   all checks; what of a study was fitted and is left out; what cannot be scored, and why
scored    what became of a check
running   every check, each by draws that had not seen its study
release   the gate: the share inside nine-in-ten bands, pooled, with its interval
kept      the figures that come with the package
words     how a scored check is told
"""

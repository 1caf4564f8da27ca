"""Is the change real? Skin measured from photographs: arrays in, measures out, each with its error.

A comparison goes through the rooms in this order, and each can be used alone:

`files` (decode, in a limited child process) → `faces` and `sticker` (where the skin is, how large, which colour) →
`inspection` (fit to be measured?) → `registration` (every shot on one grid, light and point spread matched) →
`zones` (which pixels count) → `measures` (one estimate per zone and measure) → `change` (error, interval, verdict) →
`report` (pictures and pages). `comparison` ties them together; `skin` renders skin whose truth is known.

No Django, no network, no clock.
"""

ALGORITHM = "1.0"
"""The version of every estimator at once. Measures of different versions are never compared: measure again."""

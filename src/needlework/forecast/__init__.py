"""How skin responds over a course: published evidence in one small model, and what it lets one expect, with bands.

    concerns     what a share is a share of; binomial: the interval of a share that was counted
    data         the published numbers and the priors, each with its source
    model        punctures → dose → repair → collagen → what is seen, in closed form
    calibration  what the numbers say about the model: the posterior and its packaged draws
    validation   how the model does on studies it was not fitted to
    expecting    one course: bands, first change, redness, place of what was measured
    cohort       a virtual practice, for planning a study
    pictures     an expectation to look at, with its text
    sbml         the model for other tools

A forecast summarises evidence for people like those in the studies. It is never a personal one.
"""

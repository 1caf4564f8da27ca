"""What the published numbers say about the parameters.

skin         rows of parameters → what skin does on the schedules of the studies, all at once
errors       how reported numbers scatter: normal, counts of ordered classes, yes or no
ordinal      shares of ordered classes, for grades and ratings
observation  one study: what it reported, what rows expect it to, and how it scatters
studies      every fitted study as an observation, by subject
likelihood   all of them: log densities of rows, and simulated data
laplace      the most probable parameters and the curvature there, within seconds
sampling     the whole posterior by NUTS; diagnostics: whether chains agree and how much they hold
posterior    the draws that come with the package, and how they are packed
checking     simulation-based calibration: whether sampler and likelihood belong together
"""

"""Many people at once: a virtual practice, and what a study of two protocols could tell.

    protocol   what a practice does the same way with everybody
    practice   a million people with knowledge, clinics and sessions of their own → the share of the score of each
    study      two groups of people, measured once → how often a t test tells their protocols apart
    answers    what both found, as the command writes it
    work       the same pieces of work through any executor, each with its own part of one seed

Nothing here knows where it runs: the same seed gives the same numbers in this process, in a pool and on a cluster.
"""

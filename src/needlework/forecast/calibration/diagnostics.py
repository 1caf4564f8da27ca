"""Whether chains agree, and how many independent draws they are worth.

After Vehtari, Gelman, Simpson, Carpenter, Bürkner, Rank-normalization, folding, and localization: an improved R-hat for
assessing convergence of MCMC, Bayesian Analysis 16:667 (2021): draws are ranked over all chains, ranks become normal
scores, and each chain is split in two. Chains are (chains, draws, p).
"""

import numpy as np
from scipy.special import ndtri

from needlework.forecast.model.parameters import Floats


def r_hat(chains: Floats) -> Floats:
    """Return the split rank-normalised R-hat of each parameter, the worse of middle and tails: (p,)."""
    folded = np.abs(chains - np.median(chains, axis=(0, 1)))
    return np.maximum(_r_hat(_scores(_split(chains))), _r_hat(_scores(_split(folded))))


def effective(chains: Floats) -> Floats:
    """Return how many independent draws the chains are worth for the middle of each parameter (bulk): (p,).

    Autocorrelations are summed in pairs until a pair is no longer positive, each pair at most the one before (Geyer's
    initial monotone sequence, Statistical Science 7:473, 1992).
    """
    halves = _scores(_split(chains))
    count, draws, _ = halves.shape
    within, total = _variances(halves)
    correlation = 1 - (within - _autocovariance(halves).mean(0) * draws / (draws - 1)) / total
    pairs = correlation[: draws // 2 * 2].reshape(draws // 2, 2, -1).sum(1)
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    summed = np.where(positive, np.minimum.accumulate(pairs, axis=0), 0.0).sum(0)
    worth: Floats = count * draws / np.maximum(2 * summed - 1, 1 / np.log10(count * draws))
    return worth


def _r_hat(halves: Floats) -> Floats:
    within, total = _variances(halves)
    found: Floats = np.sqrt(total / within)
    return found


def _variances(halves: Floats) -> tuple[Floats, Floats]:
    """Return the variance within chains, and the one within and between them."""
    draws = halves.shape[1]
    within = halves.var(1, ddof=1).mean(0)
    return within, within * (draws - 1) / draws + halves.mean(1).var(0, ddof=1)


def _autocovariance(halves: Floats) -> Floats:
    """Return the autocovariance of each chain at each lag: (chains, draws, p)."""
    draws = halves.shape[1]
    centred = halves - halves.mean(1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * draws, axis=1)
    found: Floats = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :draws] / draws
    return found


def _split(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _scores(chains: Floats) -> Floats:
    """Return the normal scores of the ranks of draws over all chains."""
    flat = chains.reshape(-1, chains.shape[-1])
    ranks = flat.argsort(0, kind="stable").argsort(0, kind="stable") + 1
    scores: Floats = ndtri((ranks - 0.375) / (len(flat) + 0.25))
    return scores.reshape(chains.shape)

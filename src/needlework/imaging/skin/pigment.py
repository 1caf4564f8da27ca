"""What colours skin: melanin and blood."""

import numpy as np

MELANIN = np.array([0.41, 0.60, 0.69], np.float32)
"""How much light one unit of melanin takes from red, green and blue, as an optical density."""
HAEMOGLOBIN = np.array([0.12, 0.80, 0.59], np.float32)
"""The same for blood."""

"""Photographs of real people, measured where the folder of licensed ones lies beside the checkout.

They are never copied into the repository, shown in a demonstration or put into a page: LICENCES.md there says why.
"""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "imaging" / "data"
WITH_PHOTOGRAPHS = pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder of licensed photographs is not here")

"""HEIF with HEVC inside (HEIC) by pi-heif (libheif and libde265): the primary image, turned as the file says."""

import pi_heif

from needlework.imaging.files import declared
from needlework.imaging.files.opened import Opened

pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
pi_heif.options.DEPTH_IMAGES = False
pi_heif.options.AUX_IMAGES = False


def opened(data: bytes) -> Opened:
    """Decode the primary image of a HEIF. More than 8 bits are cut to 8 by libheif: at most one level is lost."""
    found = pi_heif.open_heif(data)
    declared.check(*found.size)
    image = found.to_pillow()
    return Opened(image, image.size)

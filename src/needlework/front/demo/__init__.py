"""The fictional clinic of `needlework demo`, made by the same operations that the pages use."""

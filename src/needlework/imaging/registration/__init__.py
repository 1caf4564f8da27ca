"""Every shot on one grid: mesh warp, dense flow with its check, and point spread and light matched for texture."""

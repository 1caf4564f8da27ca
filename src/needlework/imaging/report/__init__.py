"""Pictures and pages of a comparison: aligned, never beautified, with what was done to them said on them."""

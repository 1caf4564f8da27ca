"""Skin whose truth is known: relief, pigment, light and camera, rendered so that anyone can check the measures.

`patch.render(Skin(…))` gives the light that a patch of skin sends out together with its truth, `camera.photograph`
the picture that a camera takes of it; `scene.with_sticker` lays a sticker on it, `scene.seen` sees it from elsewhere.
Everything follows from the seeds, and lengths are millimetres whatever the size of a pixel: the same skin can be
rendered larger or smaller.

It is a height field under soft light, not skin optics: it shows how a measure follows a known depth, width or amount,
never what a clinic's own photographs will reach.
"""

"""What a photograph can have been changed or made with, as far as its file says."""

CUT_OUT = "a tool that removes the background"
MACHINE = "a machine that made or completed it"
SMOOTHED = "a machine that enhanced it"
SCREENSHOT = "a screenshot"

PROGRAMS = (
    *("Adobe Photoshop Lightroom", "Adobe Photoshop", "Adobe Lightroom", "Adobe Firefly", "Camera Raw", "Photoshop"),
    *("Lightroom", "Snapseed"),
    *("Facetune", "FaceApp", "Faceu", "Meitu", "XiuXiu", "BeautyCam", "BeautyPlus", "AirBrush", "YouCam", "Remini"),
    *("B612", "Ulike", "Perfect365", "Retrica", "Lensa", "Polarr", "VSCO"),
    *("Instagram", "Snapchat", "TikTok", "CapCut", "Canva", "PicsArt", "Pixlr", "Photopea", "Fotor", "BeFunky"),
    *("PhotoScape", "PhotoDirector", "PaintShop", "Paint.NET", "GIMP", "Krita", "Inkscape", "Affinity", "Pixelmator"),
    *("Capture One", "DxO", "darktable", "RawTherapee", "Luminar", "ON1", "Topaz", "Aperture", "ACDSee", "ACD Systems"),
    *("Windows Photo Editor", "Microsoft Designer", "Picasa", "ImageMagick", "IrfanView", "XnView", "Photomator"),
    *("Stable Diffusion", "ComfyUI", "InvokeAI", "NovelAI", "Midjourney", "DALL-E", "DALL·E", "ChatGPT", "OpenAI"),
    *("Leonardo.Ai", "Ideogram", "Black Forest Labs", "Made with Google AI"),
)
"""Names that these programs leave, a longer one before its beginning. What a camera or phone calls its own software
(`HDR+ 1.0`, `17.1`, `MediaTek Camera`) is none."""
NAMES = (CUT_OUT, MACHINE, SMOOTHED, SCREENSHOT, "Apple Photos", *PROGRAMS)
"""Everything that can leave the child, by its place."""

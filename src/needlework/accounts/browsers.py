"""What a request tells about where it comes from."""

import re

from django.http import HttpRequest

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"(?:Firefox|FxiOS)/", "Firefox"),
    (r"(?:Chrome|Chromium|CriOS|HeadlessChrome)/", "Chrome"),
    (r"Safari/", "Safari"),
)


def address(request: HttpRequest) -> str:
    """Return the address a request comes from."""
    return str(request.META.get("REMOTE_ADDR") or "")[:45]


def summary(request: HttpRequest) -> str:
    """Return browser and system in words: "Firefox on Windows"."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, agent)), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser

"""What a request tells about where it comes from."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

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


def set_cookie(response: HttpResponseBase, name: str, value: str, *, max_age: int | None = None) -> None:
    """Give the browser a cookie that no script reads and no other site sends."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Lax", secure=secure)

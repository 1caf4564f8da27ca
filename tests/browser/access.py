"""Pages judged by axe at WCAG 2.2 AA."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Return what axe finds against a page as it stands, one line per place."""
    return [line for rule in Axe().run(page, options=OPTIONS).response["violations"] for line in _lines(rule)]


def _lines(rule: dict[str, Any]) -> list[str]:
    return [f"{rule['id']}: {rule['help']}: {node['html']}" for node in rule["nodes"]]

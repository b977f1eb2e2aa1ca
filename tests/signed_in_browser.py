"""Chromium as whoever started the pages uses it."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from served_pages import RUNNING


class SignedIn:
    """A browser in which whoever started the servers that run is signed in."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def new_context(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.add_cookies([cookie for pages in RUNNING for cookie in pages.cookies])
        return context

    def new_page(self) -> Page:
        return self.new_context().new_page()

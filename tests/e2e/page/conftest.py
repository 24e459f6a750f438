"""A real browser without a screen, and pages opened in it as files."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest


class Opened(Protocol):
    """Opens a page's text; the browser is returned once the page stands."""

    def __call__(self, text: str, fragment: str = "") -> Any: ...


@pytest.fixture(scope="session")
def browser(
    require_tool: Callable[[str], str], isolated_environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = require_tool("chromium")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--window-size=1400,1000",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(argument)
    driver = webdriver.Chrome(service=Service(require_tool("chromedriver")), options=options)
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """Open a page; after the test the browser's console must be empty."""

    def open_page(text: str, fragment: str = "") -> Any:
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        browser.get(file.as_uri() + fragment)
        return browser

    yield open_page
    assert browser.get_log("browser") == []


def eventually(what: Callable[[], bool]) -> bool:
    """Whether it comes true within two minutes: a browser lays out when it likes."""
    deadline = time.monotonic() + 120
    while not (true := what()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return true

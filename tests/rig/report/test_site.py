"""The site of Allure's results, built by ci/report/build and opened in headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.rig.report.conftest import scenarios
from tests.stack.web.browsers import browser, needs_browser

pytest_plugins = ["pytester"]

BUILD = Path(__file__).parents[3] / "ci" / "report" / "build"
ALLURE = BUILD.parents[2] / ".report" / "node_modules" / "allure"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def build(results: Path, site: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BUILD), str(results), str(site)], capture_output=True, text=True, check=False, **more)


@pytest.mark.peer
@needs_browser
@pytest.mark.skipif(not (shutil.which("npx") and ALLURE.is_dir()), reason="needs Allure: ci/peers installs it")
def test_pages_attachments_and_history_load_without_complaints(suite: pytest.Pytester) -> None:
    pytest.importorskip("allure_pytest")
    scenarios(suite, "right", "wrong", "lost")
    site = suite.path / "site"
    for _ in range(2):
        suite.runpytest("--alluredir", "results", "--clean-alluredir")
        built = build(suite.path / "results", site)
        assert built.returncode == 0, built.stderr
    complaints: list[str] = []
    with served(site) as url, browser() as chromium:
        context = chromium.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        context.on("request", lambda asked: complaints.append(asked.url) if elsewhere(asked.url, url) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        page.get_by_test_id("nav-tab-categories").click()
        page.get_by_text("Lease: a device or its lease").wait_for()
        page.get_by_test_id("nav-tab-results").click()
        page.get_by_test_id("tree-leaf-title").filter(has_text="wrong").click()
        page.get_by_text("0.00 to 2.00 s ana: enter").wait_for()
        page.get_by_text("pytest scenarios/wrong.yaml::wrong").or_(page.locator("iframe")).first.wait_for()
        page.get_by_text("receipt difference", exact=True).click()
        page.get_by_text("taken  charged").wait_for()
        page.get_by_text("cameras", exact=True).click()
        page.locator("img[src^='blob:'], img[src*='attachments']").first.wait_for()
        with context.expect_page() as opened:
            page.get_by_text("Open the run page").click()
        opened.value.get_by_role("heading", name="wrong").or_(opened.value.locator("#clock")).first.wait_for()
        assert opened.value.locator(".cart").count() == 2  # its script ran
        page.get_by_test_id("test-result-tab-history").click()
        page.get_by_test_id("test-result-history-item").or_(
            page.locator("[data-testid*=history-item]")
        ).first.wait_for()
        context.close()
    assert complaints == []


def elsewhere(asked: str, url: str) -> bool:
    return not asked.startswith((url, f"blob:{url}", "data:"))


def test_without_node_the_results_stay_and_the_message_says_how(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a-result.json").write_text("{}")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "env", "dirname", "sed", "cat"):
        (tools / name).symlink_to(shutil.which(name) or "")
    built = build(tmp_path / "results", tmp_path / "site", env={"PATH": str(tools)})
    assert built.returncode == 6
    assert "needs Node 18 or newer" in built.stderr
    assert "apt-get install nodejs npm" in built.stderr
    assert (tmp_path / "results" / "a-result.json").exists()


def test_without_results_it_says_how_to_make_them(tmp_path: Path) -> None:
    built = build(tmp_path, tmp_path / "site")
    assert (built.returncode, "pytest --alluredir" in built.stderr) == (5, True)

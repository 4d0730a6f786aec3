"""Make the picture of the run page again: `python docs/images/make_page.py RECORDING`; ci/browser installs the browser.

A recording in which the receipt is wrong shows the most: the page opens there.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
RIG = Path(sys.executable).parent / "rig"
SIZE = {"width": 1280, "height": 800}
COLOURS = 224


def main(recording: str) -> None:
    picture = HERE / "run-page.png"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "run.html"
        subprocess.run([RIG, "page", recording, "-o", file], check=True)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport=SIZE)
        page.goto(file.as_uri())
        page.wait_for_timeout(2000)  # until all pictures are decoded
        page.screenshot(path=picture)
        browser.close()
    Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])

"""Make the pictures of these pages again: `python docs/images/make.py`, in the environment of `make demo`.

The program draws them; only the sheet of all cameras is made smaller afterwards, to be light on a page.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
RIG = Path(sys.executable).parent / "rig"
SCENARIO = "put_back_elsewhere"
AT_S = "8.3"  # one shopper holds a bottle, the other comes through the gate
EVENT = "e2"  # the bottle comes to stand on a shelf that is not its own
WIDTH, COLOURS = 960, 192


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        recording = f"{folder}/{SCENARIO}.mcap"
        rig("run", SCENARIO, "--record", folder)
        rig("view", recording, "-o", str(HERE / "plan.png"))
        rig("view", recording, "-o", str(HERE / "cameras.png"), "--at", AT_S)
        rig("why", recording, "--event", EVENT, "--picture", str(HERE / "why.png"))
    shrink(HERE / "cameras.png")
    shrink(HERE / "why.png")


def rig(*words: str) -> None:
    subprocess.run([str(RIG), *words], check=True)


def shrink(picture: Path) -> None:
    sheet = Image.open(picture).convert("RGB")
    smaller = sheet.resize((WIDTH, sheet.height * WIDTH // sheet.width), Image.Resampling.LANCZOS)
    smaller.quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()

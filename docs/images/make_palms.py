"""Make the pictures of docs/palm.md again, from the folder that `rig palm evaluate --plots FOLDER` filled."""

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
WIDTH, COLOURS = 800, 64


def main(folder: Path) -> None:
    (HERE / "palm_det.png").write_bytes((folder / "det.png").read_bytes())
    sheet = Image.open(folder / "hands.png")
    small = sheet.resize((WIDTH, sheet.height * WIDTH // sheet.width), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / "palm_hands.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

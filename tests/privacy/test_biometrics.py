"""What a run with faces and fingers leaves: outcomes and references, and nothing of anybody's body."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from contracts.biometrics import BioScan
from rig.recording.reader import Recording
from tests.privacy.scanner import findings

RUN = "import sys; from rig.cli.app import run_command; sys.exit(run_command(sys.argv[1:]))"
NAME = "face_enrolled_and_taken_back"


def test_a_run_leaves_no_body_behind_and_quotes_no_reference(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    words = ["run", f"biometrics/{NAME}", "--record", str(left), "--ledger", f"sqlite:{left / 'books.db'}"]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, check=True)
    said = done.stdout + done.stderr
    assert b"PASS" in said
    (left / "said").write_bytes(said)
    recording = Recording(left / f"{NAME}.mcap")
    goods = frozenset(product.gtin for product in recording.layout.products)
    assert findings(left, {}, goods) == []
    scans = [record for record in recording.records() if isinstance(record, BioScan)]
    subjects = {scan.subject for scan in scans if scan.subject}
    assert len(subjects) == 2  # a face, and a card that is revoked
    assert not [subject for subject in subjects if subject.encode() in said]
    assert not [subject for subject in subjects if subject in repr(scans)]
    kinds = {type(getattr(scan, field.name)) for scan in scans for field in fields(scan)}
    assert bytes not in kinds

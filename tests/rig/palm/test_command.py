"""`rig palm evaluate` as a user types it."""

import json

import pytest

from rig.cli.app import run_command

SMALL = ["palm", "evaluate", "--identities", "9", "--gallery", "60", "--attacked", "1"]


def test_a_small_study_for_programs(capsys, tmp_path):
    assert run_command([*SMALL, "--json", "--plots", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "SYNTHETIC" in found["label"]
    measures = {row["measure"].split(" at ")[0] for row in found["measures"]}
    assert measures == {"FTE", "FTA", "EER", "FMR", "FNMR", "FPIR", "FNIR", "BPCER", "APCER", "IAPMR"}
    assert len([row for row in found["measures"] if row["measure"] == "APCER"]) == 5
    assert {path.name for path in tmp_path.iterdir()} == {"det.png", "distances.png", "hands.png"}


@pytest.mark.parametrize("option", ["--identities", "--gallery", "--attacked"])
def test_too_few_is_the_users_mistake(capsys, option):
    assert run_command([*SMALL, option, "0"]) == 4
    assert option in capsys.readouterr().err

"""Wallets of somebody else's in scenario files: short and long, written back, and checked."""

from pathlib import Path

import pytest

from contracts.errors import BadFile
from contracts.held import HeldPhone
from contracts.steps import OtherWallet
from rig.scenario import from_yaml, read_scenario, ready, to_yaml

HEAD = "about: x\nstore: kiosk\nshoppers:\n  mei:\n"


def written(tmp_path: Path, rest: str) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(HEAD + rest)
    return path


@pytest.mark.parametrize(
    ("said", "wallet"),
    [
        ("wechat", OtherWallet(of="wechat")),
        (
            "{of: alipay, bank: declines, behind: 90 s, known: false}",
            OtherWallet(of="alipay", bank="declines", behind_ns=90_000_000_000, known=False),
        ),
    ],
)
def test_a_wallet_is_read_and_written(tmp_path: Path, said: str, wallet: OtherWallet) -> None:
    scenario, _ = ready(
        read_scenario(written(tmp_path, f"    wallet: {said}\n    does: [{{enter: nothing}}, {{pay: wallet}}]\n"))
    )
    assert scenario.shoppers[0].wallet == wallet
    assert scenario.shoppers[0].account == ""
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("    does: [{enter: nothing}, {pay: wallet}]\n", "no wallet to pay with"),
        ("    does: [{enter: nothing}, {pay: {by: qr, of: ana}}]\n", "no such shopper"),
        ("    does: [{enter: nothing}, {pay: {by: palm, of: ana}}]\n", "somebody else's palm"),
        ("    wallet: {of: wechat, bank: sleeps}\n    does: [{enter: nothing}]\n", "expected one of"),
        ("    wallet: paypal\n    does: [{enter: nothing}]\n", "wechat"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, rest: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        ready(read_scenario(written(tmp_path, rest)))


def test_how_a_phone_is_held_is_read_and_written(tmp_path: Path) -> None:
    said = "    phone: {held: {tilt: 60, glare: 0.5}}\n    does: [{enter: qr}, leave]\n"
    scenario, _ = ready(read_scenario(written(tmp_path, said.replace("{enter: qr}", "{enter: nothing}, {pay: qr}"))))
    phone = scenario.shoppers[0].phone
    assert phone is not None
    assert phone.held == HeldPhone(tilt_deg=60, glare=0.5)
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario

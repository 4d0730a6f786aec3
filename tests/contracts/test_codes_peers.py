"""Our codes in other people's programs, and theirs in ours."""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import cv2
import numpy as np
import pytest

from contracts.codes import gs1, gs1_link, mpm, mpm_compose
from contracts.codes.gtin import check_digit
from contracts.codes.mpm_compose import Merchant
from contracts.codes.mpm_fields import Field
from contracts.codes.mpm_parts import Additional, Localised, MerchantAccount
from contracts.codes.price_digit import price_digit
from contracts.codes.token import derive
from contracts.seeds import stream
from tests.contracts import code_vectors as known
from tests.contracts.test_codes_gs1 import LABELS, LINKS
from twin import phone_screen
from twin.code_symbols import SymbolKind, linear, qr
from twin.scanner_view import Imager, held_by, see

pytestmark = pytest.mark.peer

PEERS = Path(__file__).parents[2] / ".peers" / "codes" / "bin" / "python"
STALL = Merchant(
    accounts=(MerchantAccount("26", "D15600000000", parts=(Field("05", "A93FO3230Q"),)),),
    category="5411",
    country="CN",
    name="BEST TRANSPORT",
    city="BEIJING",
    currency="156",
    localised=Localised("ZH", "最佳运输", "北京"),
)


def run(program: str, *words: str) -> object:
    """Return what a program of theirs prints as JSON."""
    if not PEERS.exists():
        pytest.skip("cemacqr, biip and pyotp are not installed: a virtual environment at .peers/codes")
    answer = subprocess.run([PEERS, "-c", program, *words], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    "text",
    [known.MPM_EMVCO, mpm_compose.dynamic(STALL, Decimal("23.72"), additional=Additional(bill="A-1", reference="***"))],
)
def test_cemacqr_reads_the_same_fields(text: str) -> None:
    program = (
        "import sys, json; from cemacqr import parse_payload\n"
        "print(json.dumps([[one.tag, one.value] for one in parse_payload(sys.argv[1]).objects]))"
    )
    theirs = run(program, text)
    assert theirs == [[one.id, one.value] for one in mpm.parse(text).fields] + [["63", text[-4:]]]


def test_biip_computes_the_same_check_digits() -> None:
    values = [f"{number:05d}" for number in range(0, 100_000, 1_237)] + [
        f"{number:04d}" for number in range(0, 9999, 97)
    ]
    program = (
        "import sys, json; from biip.checksums import gs1_price_weight_check_digit as price\n"
        "from biip.checksums import gs1_standard_check_digit as gtin\n"
        "print(json.dumps([[str(price(v)), str(gtin(v * 3))] for v in sys.argv[1:]]))"
    )
    assert run(program, *values) == [[price_digit(value), check_digit(value * 3)] for value in values]


@pytest.mark.parametrize("text", [text for text, said in LABELS if said])
def test_biip_reads_the_same_labels(text: str) -> None:
    program = (
        "import sys, json, biip\n"
        "said = biip.parse(']C1' + sys.argv[1]).gs1_message.element_strings\n"
        "print(json.dumps([[e.ai.ai, e.value, str(e.decimal) if e.decimal is not None else None] for e in said]))"
    )
    assert run(program, text) == [
        [each.ai, each.value, None if each.number is None else str(each.number)] for each in gs1.parse(text).elements
    ]


# biip knows no capital scheme and none of release 1.1's short names and short GTINs.
@pytest.mark.parametrize("text", [text for text, _ in LINKS if text.startswith("http") and "/01/0" in text])
def test_biip_reads_the_same_links(text: str) -> None:
    program = (
        "import sys, json, biip\n"
        "said = biip.parse(sys.argv[1]).gs1_digital_link_uri.element_strings\n"
        "print(json.dumps([[e.ai.ai, e.value] for e in said]))"
    )
    assert run(program, text) == [[each.ai, each.value] for each in gs1_link.read(text).elements]


def test_pyotp_computes_the_same_proof() -> None:
    phone = derive(bytes(range(32)), 7, "12345678")
    program = (
        "import sys, json, base64, hashlib, pyotp\n"
        "one = pyotp.HOTP(base64.b32encode(bytes.fromhex(sys.argv[1])).decode(), digits=9, digest=hashlib.sha256)\n"
        "print(json.dumps([one.at(step * 10 + 1) for step in range(50)]))"
    )
    assert run(program, phone.secret.hex()) == [phone.mac(step, 1) for step in range(50)]


@pytest.mark.parametrize("bars", [False, True])
@pytest.mark.parametrize("text", [known.ALIPAY_PLUS, known.WECHAT, derive(bytes(32), 1, "12345678").code_at(0)])
def test_zbar_reads_what_we_draw(text: str, bars: bool, tmp_path: Path) -> None:
    _zbar_reads(text, linear(text.encode(), SymbolKind.CODE_128) if bars else qr(text.encode()), tmp_path)


@pytest.mark.parametrize("text", [known.MPM_EMVCO, known.CPM_2])
def test_zbar_reads_the_long_ones(text: str, tmp_path: Path) -> None:
    _zbar_reads(text, qr(text.encode()), tmp_path)


@pytest.mark.parametrize("seed", range(3))
def test_zbar_reads_what_the_twins_scanner_sees(seed: int, tmp_path: Path) -> None:
    text = derive(bytes(32), 1, "12345678").code_at(0)
    shown = phone_screen.draw(text.encode(), bars=False)
    imager, draws = Imager(), stream(seed, "scanner")
    held = held_by(draws, imager.distance_of(shown, px_per_module=6.0))
    _zbar_reads_picture(text, see(imager, shown, held, draws), tmp_path)


def _zbar_reads(text: str, modules: np.ndarray, folder: Path) -> None:
    drawn = np.atleast_2d(modules).repeat(5 if modules.ndim == 2 else 100, 0).repeat(5, 1)
    _zbar_reads_picture(text, np.where(drawn, 0, 255).astype(np.uint8), folder)


def _zbar_reads_picture(text: str, picture: np.ndarray, folder: Path) -> None:
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not installed: apt-get install zbar-tools")
    cv2.imwrite(str(folder / "code.png"), picture)
    answer = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "--nodbus", str(folder / "code.png")],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert answer.stdout.decode().rstrip("\n") == text

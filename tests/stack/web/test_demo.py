"""`python -m stack.web --demo` as somebody types it."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request

import pytest

COMMAND = [sys.executable, "-m", "stack.web"]


def test_the_demo_serves_pages_until_it_is_stopped() -> None:
    with subprocess.Popen([*COMMAND, "--demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        try:
            assert demo.stdout
            first, ana, ben = (demo.stdout.readline() for _ in range(3))
            url = first.split()[-1]
            assert first.startswith("the app is at http://127.0.0.1:")
            assert ana.startswith(f"sign in as ana, once: {url}/sign-in?code=")
            assert ben.startswith("sign in as ben")
            with urllib.request.urlopen(ana.split()[-1]) as page:
                assert b"One-time code" in page.read()
        finally:
            demo.send_signal(signal.SIGINT)
        _, errors = demo.communicate(timeout=30)
    assert (demo.returncode, errors) == (0, "")


@pytest.mark.parametrize("arguments", [["--demo", "--address", "here"], ["--demo", "--address", "127.0.0.1:99999"]])
def test_a_wrong_address_is_told_with_what_to_type(arguments: list[str]) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4
    assert "host:port" in done.stderr
    assert "Traceback" not in done.stderr

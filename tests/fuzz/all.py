"""All codecs under atheris, one after the other: `python -m tests.fuzz.all [RUNS]`. Ends with 1 when one raises."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.fuzz.codecs import CODECS

RUNS = 40_000
_RAISED = "Uncaught Python exception"
_INPUTS, _MEMORY = re.compile(r"^Done (\d+) in", re.M), re.compile(r"rss: (\d+)Mb")


def main(runs: int) -> int:
    """Fuzz all, print a line each; return 1 when one failed."""
    total, failed = 0, []
    for name in CODECS:
        words = [sys.executable, "-m", "tests.fuzz.one", name, str(runs)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        told, memory = _INPUTS.search(done.stderr), [int(size) for size in _MEMORY.findall(done.stderr)]
        inputs = int(told[1]) if told else 0
        total += inputs
        # How the process ends once all is done is the interpreter's affair: libFuzzer tears it down as it is.
        if not told or not memory or _RAISED in done.stderr:
            failed.append(name)
            sys.stdout.write(f"{name}: FAILED\n{done.stderr[-3000:]}\n")
        else:
            sys.stdout.write(f"{name}: {inputs} inputs, {max(memory)} MiB at most{_ended(done.returncode)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total} inputs in all, {len(failed)} of {len(CODECS)} codecs failed\n")
    return 1 if failed else 0


def _ended(code: int) -> str:
    return f" (ended with {code})" if code else ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))

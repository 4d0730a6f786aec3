"""Hold the code to its sizes: files of at most 400 lines, functions of at most 60, medians of 100 and 8."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("contracts", "twin", "devices", "stack", "rig")
MOST_FILE_LINES, MEDIAN_FILE_LINES = 400, 100
MOST_FUNCTION_LINES, MEDIAN_FUNCTION_LINES = 60, 8

# Every exception stands here with its reason.
EXCEPTIONS: dict[str, str] = {}


def main() -> int:
    """Print what is too big; return 1 if anything is."""
    complaints: list[str] = []
    files: list[int] = []
    functions: list[int] = []
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        if "_pb2" in path.name:
            continue
        name, text = str(path.relative_to(ROOT)), path.read_text()
        files.append(len(text.splitlines()))
        if files[-1] > MOST_FILE_LINES and name not in EXCEPTIONS:
            complaints.append(f"{name}: {files[-1]} lines, at most {MOST_FILE_LINES}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(_code_lines(node))
                if functions[-1] > MOST_FUNCTION_LINES and f"{name}:{node.name}" not in EXCEPTIONS:
                    complaints.append(
                        f"{name}:{node.lineno} {node.name}: {functions[-1]} lines, at most {MOST_FUNCTION_LINES}"
                    )
    for what, sizes, most in (("file", files, MEDIAN_FILE_LINES), ("function", functions, MEDIAN_FUNCTION_LINES)):
        median = statistics.median(sizes)
        print(f"{len(sizes)} {what}s, median {median:g} lines, longest {max(sizes)}")
        if median > most:
            complaints.append(f"the median {what} has {median:g} lines, at most {most}")
    print("\n".join(complaints) or "sizes are right")
    return bool(complaints)


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring: what must be read to know how it works."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


if __name__ == "__main__":
    sys.exit(main())

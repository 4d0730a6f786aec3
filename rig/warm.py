"""Compiles all kernels once, so that the first run starts as quickly as any later one."""

from __future__ import annotations

import sys

from contracts.clock import Stopwatch


def main() -> None:
    """Fill the compiler's cache; say how long it took."""
    from stack.compiled import compile_all as compile_stack
    from twin.raster.warm import compile_all as compile_twin

    watch = Stopwatch()
    compile_twin()
    compile_stack()
    sys.stdout.write(f"kernels compiled in {watch.seconds:.1f} s\n")


if __name__ == "__main__":
    main()

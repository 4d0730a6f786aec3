"""The far ends of benchmarks/shim.py: a shim with a scanner, or a bare echo. Ends with its standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Scan
from devices.shim.host import serve


class Stub:
    """A scanner that always has one code to tell."""

    info = PortInfo("scanner-1", PortKind.SCANNER, "none")

    def present(self, code: bytes) -> None:
        """Take a code."""

    def read(self, until_ns: int) -> Sequence[Scan]:
        """Return one scan."""
        return [Scan(t_ns=until_ns, source="scanner-1", code=b"5901234123457")]

    def fault(self, kind: FaultKind | None) -> bool:
        """Have none."""
        return kind is None

    def safe_state(self) -> None:
        """Be safe."""


class Echo(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """Says what it hears."""

    def service(self, details: Any) -> Any:
        """Return the handler of a method."""
        if details.method.endswith("Stream"):
            return grpc.stream_stream_rpc_method_handler(self._stream)
        return grpc.unary_unary_rpc_method_handler(lambda request, _: request)

    @staticmethod
    def _stream(requests: Iterator[bytes], _: Any) -> Iterator[bytes]:
        yield from requests


def main(what: str) -> None:
    """Serve until the standard input ends."""
    if what == "shim":
        with serve({"scanner-1": Stub()}) as shim:
            print(shim.address, flush=True)
            sys.stdin.readline()
        return
    server = grpc.server(ThreadPoolExecutor(8), handlers=(Echo(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    sys.stdin.readline()
    server.stop(None).wait()


if __name__ == "__main__":
    main(sys.argv[1])

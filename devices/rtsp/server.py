"""An RTSP server in a thread of its own: cameras' streams to any number of clients, none of which can hold it up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from contracts.errors import PortInUse
from devices.rtsp.client import Client
from devices.rtsp.rtp import Picture
from devices.rtsp.sdp import Stream

T = TypeVar("T")

MOST_CLIENTS = 256  # far above any stack with one connection a camera; more is a client that reconnects in a loop
_TEND_S = 0.5
_GOODBYE_S = 1.0


class RtspServer:
    """Listens from the moment it is made.

    Args:
        host: address to listen on.
        port: 0 for any free one.
        streams: by path without slashes at its ends.
        now: Unix time, nanoseconds.
        began: called with a path, on the server's thread, when a client begins to play it and needs a key frame.

    Raises:
        PortInUse: the port cannot be had.
    """

    def __init__(
        self,
        host: str,
        port: int,
        streams: Mapping[str, Stream],
        *,
        now: Callable[[], int],
        began: Callable[[str], None],
    ) -> None:
        self.streams, self.now, self._began = dict(streams), now, began
        self.served = self.dropped = 0
        self._clients: dict[int, Client] = {}
        self._playing: frozenset[str] = frozenset()
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, name="rtsp", daemon=True)
        self._thread.start()
        try:
            self._server = self._do(self.loop.create_server(self._client, host, port))
        except OSError as error:
            self._stop()
            raise PortInUse(
                "cannot listen for RTSP",
                where=f"rtsp://{host}:{port}",
                expected="a free port and an address of this machine",
                found=error.strerror or str(error),
                hint="name another port, or 0 for any free one",
            ) from error
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.loop.call_soon_threadsafe(self._tend)

    def watched(self, path: str) -> bool:
        """Return whether anybody plays a stream; from any thread."""
        return path in self._playing

    def publish(self, path: str, picture: Picture) -> None:
        """Send a picture to all who play a stream; from any thread, never waits."""
        self.loop.call_soon_threadsafe(self._publish, path, picture)

    def close(self) -> None:
        """Say goodbye to all clients and stop; may be called twice."""
        if self._thread.is_alive():
            self._do(self._goodbye())
            self._stop()

    # --- on the server's own thread --------------------------------------------------------------

    def arrived(self, client: Client) -> None:
        """Learn of a connection."""
        self.served += 1
        self._clients[id(client)] = client
        if len(self._clients) > MOST_CLIENTS:
            self.drop(client)

    def left(self, client: Client) -> None:
        """Learn that a connection has ended."""
        self._clients.pop(id(client), None)
        self.count()

    def drop(self, client: Client) -> None:
        """Hang up on a client that cannot be served."""
        self.dropped += 1
        client.abort()

    def began(self, client: Client) -> None:
        """Learn that a client now plays."""
        self._began(client.talk.path)

    def count(self) -> None:
        """Note who plays what."""
        self._playing = frozenset(client.talk.path for client in self._clients.values() if client.playing)

    def _client(self) -> Client:
        return Client(self, self.served + 1)

    def _publish(self, path: str, picture: Picture) -> None:
        for client in list(self._clients.values()):
            if client.playing and client.talk.path == path:
                client.show(picture)

    def _tend(self) -> None:
        for client in list(self._clients.values()):
            client.tend(self.loop.time())
        self.count()
        self.loop.call_later(_TEND_S, self._tend)

    async def _goodbye(self) -> None:
        self._server.close()
        for client in list(self._clients.values()):
            client.end()
        ends = self.loop.time() + _GOODBYE_S
        while self._clients and self.loop.time() < ends:
            await asyncio.sleep(0.01)
        for client in list(self._clients.values()):
            client.abort()
        await asyncio.sleep(0)  # the ends of these connections are told in the next round

    def _work(self) -> None:
        self.loop.run_forever()
        self.loop.close()

    def _stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

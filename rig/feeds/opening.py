"""Opens all feeds of a run, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from contracts.clock import Clock, WallClock
from contracts.errors import UsageError
from contracts.layout import Layout
from contracts.record import Record
from rig.feeds.address import Address, parse_address
from rig.feeds.feed import Feed


class Feeds:
    """Several feeds as one.

    Args:
        feeds: may be none.
    """

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self._feeds = tuple(feeds)

    @property
    def about(self) -> Sequence[str]:
        """What all of them serve and where."""
        return [line for feed in self._feeds for line in feed.about]

    def begin(self, clock: Clock) -> None:
        """Learn the clock of the run that begins now."""
        if isinstance(clock, WallClock):
            for feed in self._feeds:
                feed.begin(clock)

    def send(self, records: Sequence[Record]) -> None:
        """Pass on the records of a tick."""
        for feed in self._feeds:
            feed.send(records)


@contextmanager
def open_feeds(texts: Sequence[str], layout: Layout) -> Iterator[Feeds]:
    """Open feeds and close them in the end.

    Args:
        texts: what `--feed` said.
        layout: the store.

    Raises:
        UsageError: an address is wrong, or the extra is not installed.
        PortInUse: a port cannot be had.
        DeviceUnavailable: a broker does not answer.
    """
    addresses = [parse_address(text) for text in texts]
    with ExitStack() as stay:
        yield Feeds([stay.enter_context(closing(_open(address, layout))) for address in addresses])


def _open(address: Address, layout: Layout) -> Feed:
    try:
        if address.scheme == "rtsp":
            from rig.feeds.cameras import CameraFeed  # the extra

            return CameraFeed(address, layout)
        from rig.feeds.plates import PlateFeed  # the extra

        return PlateFeed(address, layout)
    except ImportError as error:
        raise UsageError(
            "feeds are not installed",
            where=f"--feed {address}",
            expected="the extra 'feeds'",
            found=str(error),
            hint="pip install 'walkout-rig[feeds]'",
        ) from error

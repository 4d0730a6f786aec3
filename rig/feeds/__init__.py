"""What goes out while a run goes on in real time: cameras over RTSP, plates over MQTT."""

from rig.feeds.feed import Feed
from rig.feeds.opening import Feeds, open_feeds

__all__ = ["Feed", "Feeds", "open_feeds"]

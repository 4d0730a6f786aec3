"""GStreamer's RTSP server with cameras of 320 x 180 at 25 a second; digest for user "user".

Run by the system's Python. Prints its port. The first word of the command line is the password.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

CAMERA = "( videotestsrc is-live=1 ! video/x-raw,format=I420,width=320,height=180,framerate=25/1 ! {} )"
CODED = {
    "/h264": "x264enc tune=zerolatency key-int-max=25 ! rtph264pay name=pay0 pt=96",
    "/rare-keys": "x264enc tune=zerolatency key-int-max=200 ! rtph264pay name=pay0 pt=96",
    "/mjpeg": "jpegenc ! rtpjpegpay name=pay0 pt=26",
}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
auth, token = GstRtspServer.RTSPAuth(), GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "user")
auth.set_supported_methods(2)  # digest
auth.add_digest("user", sys.argv[1], token)
server.set_auth(auth)
for path, coded in CODED.items():
    factory, may = GstRtspServer.RTSPMediaFactory(), GstRtspServer.RTSPPermissions()
    for what in ("access", "construct"):
        may.add_permission_for_role("user", f"media.factory.{what}", True)
    factory.set_launch(CAMERA.format(coded))
    factory.set_permissions(may)
    server.get_mount_points().add_factory(path, factory)
server.attach(None)
sys.stdout.write(f"{server.get_bound_port()}\n")
sys.stdout.flush()
GLib.MainLoop().run()

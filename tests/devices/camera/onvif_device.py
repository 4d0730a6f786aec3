"""A camera's ONVIF services, as far as a driver asks: over HTTP, with users held to their digests."""

import base64
import hashlib
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

from contracts.clock import SECOND, WallClock

PASSWORD = "s3cret&<x>"
ENVELOPE = '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>{}</s:Body></s:Envelope>'
REFUSED = (
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code>"
    "<s:Reason><s:Text>Sender not authorized</s:Text></s:Reason></s:Fault>"
)
PROFILE = (
    '<p:Profiles token="{0}"><tt:Name xmlns:tt="http://www.onvif.org/ver10/schema">{1}</tt:Name>'
    '<tt:VideoEncoderConfiguration xmlns:tt="http://www.onvif.org/ver10/schema"><tt:Resolution><tt:Width>{2}</tt:Width>'
    "<tt:Height>{3}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></p:Profiles>"
)


class OnvifDevice:
    """Listens on a free port of this machine; its clock may be wrong."""

    def __init__(self, stream: str, ahead: timedelta = timedelta(0)) -> None:
        self.stream, self.ahead = stream, ahead
        self.asked: list[str] = []
        self.broken = ""
        device = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                status, text = device.answer(data)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/onvif/device_service"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, data: bytes) -> tuple[int, str]:
        if self.broken:
            return 200, self.broken
        root = ElementTree.fromstring(data)
        body = next(each for each in root.iter() if each.tag.endswith("}Body"))
        name = body[0].tag.rpartition("}")[2]
        self.asked.append(name)
        if name != "GetSystemDateAndTime" and not self.knows(root):
            return 400, ENVELOPE.format(REFUSED)
        return 200, ENVELOPE.format(getattr(self, name)(body))

    def knows(self, root: ElementTree.Element) -> bool:
        said = {each.tag.rpartition("}")[2]: each.text or "" for each in root.iter()}
        if said.get("Username") != "operator":
            return False
        made = datetime.fromisoformat(said["Created"])
        if abs(made - self.now()) > timedelta(seconds=5):
            return False
        proof = hashlib.sha1(base64.b64decode(said["Nonce"]) + said["Created"].encode() + PASSWORD.encode()).digest()
        return base64.b64decode(said["Password"]) == proof

    def now(self) -> datetime:
        clock = WallClock()
        return datetime.fromtimestamp((clock.epoch_ns + clock.now_ns) / SECOND, UTC) + self.ahead

    def GetSystemDateAndTime(self, _: object) -> str:  # noqa: N802
        now = self.now()
        return (
            "<x><UTCDateTime>"
            f"<Time><Hour>{now.hour}</Hour><Minute>{now.minute}</Minute><Second>{now.second}</Second></Time>"
            f"<Date><Year>{now.year}</Year><Month>{now.month}</Month><Day>{now.day}</Day></Date></UTCDateTime></x>"
        )

    def GetDeviceInformation(self, _: object) -> str:  # noqa: N802
        return (
            "<x><Manufacturer>Acme</Manufacturer><Model>Eye 2</Model>"
            "<FirmwareVersion>1.7</FirmwareVersion><SerialNumber>42</SerialNumber></x>"
        )

    def GetCapabilities(self, _: object) -> str:  # noqa: N802
        return f"<x><Media><XAddr>http://0.0.0.0:{self.server.server_port}/onvif/media</XAddr></Media></x>"

    def GetProfiles(self, _: object) -> str:  # noqa: N802
        both = PROFILE.format("p0", "main", 1920, 1080) + PROFILE.format("p1", "sub", 320, 180)
        return f'<p:GetProfilesResponse xmlns:p="http://www.onvif.org/ver10/media/wsdl">{both}</p:GetProfilesResponse>'

    def GetStreamUri(self, body: ElementTree.Element) -> str:  # noqa: N802
        token = next(each.text for each in body.iter() if each.tag.endswith("}ProfileToken"))
        return f"<x><MediaUri><Uri>{self.stream}?{token}</Uri></MediaUri></x>"

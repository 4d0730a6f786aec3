"""A client's requests answered: the table of states, and everything that is refused."""

import pytest

from devices.rtsp.conversation import METHODS, NEXT, Conversation, State
from devices.rtsp.message import Request, Response
from devices.rtsp.sdp import Stream
from devices.rtsp.transport import OverTcp, OverUdp

STREAM = Stream("shop c1", (bytes.fromhex("6742c016da"), bytes.fromhex("68ce06f2")), 10.0)
TCP = {"transport": "RTP/AVP/TCP;unicast;interleaved=0-1"}
UDP = {"transport": "RTP/AVP;unicast;client_port=4588-4589"}
URL = "rtsp://127.0.0.1:8554/c1"


class Talk:
    """A client that numbers its requests and remembers its session."""

    def __init__(self) -> None:
        self.server = Conversation({"c1": STREAM, "front door": STREAM}, 3, "127.0.0.1", lambda: (6000, 6001))
        self.headers: dict[str, str] = {}
        self.cseq = 0

    def __call__(self, method: str, url: str = URL, **headers: str) -> Response:
        self.cseq += 1
        said = self.headers | {"cseq": str(self.cseq)} | headers
        answer = self.server.answer(Request(method, url, said))
        if method == "SETUP" and answer.status == 200:
            self.headers = {"session": answer.headers["Session"].partition(";")[0]}
        return answer


def test_from_describe_to_teardown() -> None:
    talk = Talk()
    assert talk("OPTIONS").headers["Public"] == ", ".join(METHODS)
    described = talk("DESCRIBE")
    assert described.headers == {"Content-Base": f"{URL}/", "Content-Type": "application/sdp"}
    assert b"a=control:trackID=0" in described.body
    setup = talk("SETUP", f"{URL}/trackID=0", **TCP)
    assert setup.headers["Transport"].startswith("RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=")
    assert setup.headers["Session"].endswith(";timeout=60")
    assert talk.server.transport == OverTcp(0, 1)
    assert talk("PLAY").headers["RTP-Info"] == f"url={URL};seq=0"
    assert talk.server.state is State.PLAYING
    assert talk("GET_PARAMETER").status == 200
    assert talk("PAUSE").status == 200
    assert talk.server.state is State.READY
    assert talk("PLAY", f"{URL}/").status == 200
    assert talk("TEARDOWN").status == 200
    assert (talk.server.state, talk.server.transport) == (State.INIT, None)


def test_udp_is_told_the_ports_of_the_server() -> None:
    talk = Talk()
    assert ";client_port=4588-4589;server_port=6000-6001;" in talk("SETUP", **UDP).headers["Transport"]
    assert talk.server.transport == OverUdp(4588, 4589)


@pytest.mark.parametrize("method", ["SETUP", "PLAY", "PAUSE", "TEARDOWN"])
@pytest.mark.parametrize("state", list(State))
def test_every_cell_of_the_table(state: State, method: str) -> None:
    talk = Talk()
    if state is not State.INIT:
        talk("SETUP", **TCP)
    if state is State.PLAYING:
        talk("PLAY")
    answer = talk(method, **TCP)
    wanted = NEXT.get((state, method))
    assert (answer.status == 200) == (wanted is not None)
    assert talk.server.state is (wanted or state)


def test_names_with_a_space_are_found() -> None:
    assert Talk()("DESCRIBE", "rtsp://127.0.0.1:8554/front%20door").status == 200


def test_refusals() -> None:
    talk = Talk()
    assert talk("DESCRIBE", "rtsp://127.0.0.1:8554/c9").status == 404
    assert talk("DESCRIBE", "rtsp://[::1").status == 404
    assert talk("RECORD").status == 501
    assert talk("DESCRIBE", cseq="").status == 400
    assert talk("DESCRIBE", cseq="٣").status == 400
    assert talk("SETUP", **TCP, require="onvif-replay").headers == {"Unsupported": "onvif-replay"}
    assert talk("SETUP", transport="RTP/AVP;multicast").status == 461
    assert talk("TEARDOWN").status == 454
    assert talk("GET_PARAMETER", session="0").status == 454
    talk("SETUP", **TCP)
    assert talk("PLAY", session="0").status == 454
    assert talk("PLAY", "rtsp://127.0.0.1:8554/front%20door").status == 404
    assert talk("SETUP", "rtsp://127.0.0.1:8554/front%20door", **TCP).status == 459
    assert talk.server.state is State.READY

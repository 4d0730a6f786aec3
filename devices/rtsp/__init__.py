"""A camera's side of RTSP: requests and answers, SDP, RTP with H.264, RTCP, and the server that speaks them."""

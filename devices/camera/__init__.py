"""Real cameras over RTSP, and over ONVIF to find out where their RTSP is. Decoding needs the extra `feeds`."""

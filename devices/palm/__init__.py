"""Palm readers that are near-infrared cameras: pictures come over a wire, and whoever looks at them is here."""

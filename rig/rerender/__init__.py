"""Pictures made anew from what a recording says of bodies, goods and gates, through any camera, at any time."""

"""What runs on the graphics processor."""

from __future__ import annotations

VERTEX = """
#version 330
uniform mat4 to_clip;
in vec3 point; in float light; in vec2 uv; in vec2 spot; in ivec3 about;
out vec2 at; out vec2 place; out float lit; flat out ivec3 what;
void main() {
    gl_Position = to_clip * vec4(point, 1.0);
    at = uv; place = spot; lit = light; what = about;
}
"""

COLOUR = """
#version 330
uniform sampler2DArray textures;
uniform sampler2D atlas;
in vec2 at; in vec2 place; in float lit; flat in ivec3 what;
out vec4 colour;
void main() {
    float light = what.z == 1 ? texture(atlas, (place + 0.5) / textureSize(atlas, 0)).r : lit;
    colour = vec4(texture(textures, vec3(at.x, 1.0 - at.y, what.x)).rgb * clamp(light, 0.0, 1.0), 1.0);
}
"""

# Depth along the axis is what the division went by.
MEASURE = """
#version 330
in vec2 at; in vec2 place; in float lit; flat in ivec3 what;
layout(location = 0) out int id;
layout(location = 1) out float depth;
void main() { id = what.y; depth = 1.0 / gl_FragCoord.w; }
"""

# A contact shadow is a level square a little above the ground, so that plates on a board are under it.
SHADOW_VERTEX = """
#version 330
uniform mat4 to_clip;
in vec3 point; in vec2 away; in vec4 shape;
out vec2 from_middle; flat out vec4 form;
void main() {
    gl_Position = to_clip * vec4(point, 1.0);
    from_middle = away; form = shape;
}
"""

SHADOW = """
#version 330
in vec2 from_middle; flat in vec4 form;
out vec4 colour;
void main() {
    vec2 d = from_middle;
    float share = (form.x * d.x * d.x + form.y * d.x * d.y + form.z * d.y * d.y) / 4.0;
    float near = max(0.0, 1.0 - share);
    colour = vec4(vec3(1.0 - form.w * near * near), 1.0);
}
"""

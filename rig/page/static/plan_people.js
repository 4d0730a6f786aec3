// What moves on the floor plan: bodies and hands as they truly were, tracks as the stack had them.
import { GAP_MS, between, countUpTo } from "./find.js";
import { draw } from "./make.js";

const TRAIL_MS = 5000;
const MOMENT_MS = 900;
const OFF_CM = 30;

/** Return everybody's true place at a time. */
export function people(model, ms, colour) {
  return Object.entries(model.people).flatMap(([name, rows]) => {
    const at = between(rows, ms, GAP_MS);
    if (!at) return [];
    const [, x, y, , turn, lx, ly, rx, ry] = at;
    const tint = colour(model.partyOf(name));
    const group = draw("g", { class: "person" });
    group.style.color = tint;
    const arms = [[lx, ly], [rx, ry]].flatMap(([hx, hy]) => [
      draw("line", { class: "arm", x1: x, y1: -y, x2: hx, y2: -hy }),
      draw("circle", { class: "hand", cx: hx, cy: -hy, r: 5 }),
    ]);
    const body = draw("ellipse", { class: "body", rx: 13, ry: 23, transform: `translate(${x} ${-y}) rotate(${-turn})` });
    const head = draw("circle", { class: "head", cx: x, cy: -y, r: 10 });
    group.append(trail(rows, ms, "trail"), ...arms, body, head, draw("text", { class: "name", x, y: -y - 30 }, name));
    return [group];
  });
}

/** Return the stack's tracks at a time, with a line to whom they belong when they are far off. */
export function tracks(model, ms, colour) {
  return Object.entries(model.tracks).flatMap(([track, rows]) => {
    const at = between(rows, ms, GAP_MS);
    if (!at) return [];
    const [, x, y] = at;
    const visit = model.visits[track];
    const party = visit ? model.partyOfVisit(visit) : "";
    const group = draw("g", { class: "track" });
    group.style.color = colour(party);
    const title = draw("title", {}, visit ? `${track}, visit ${visit}` : `${track}, no visit`);
    group.append(trail(rows, ms, "track-trail"), draw("circle", { class: "ring", cx: x, cy: -y, r: 30 }, title));
    group.append(...lineToNearest(model, party, ms, x, y));
    if (!party || party.startsWith("visit ")) group.append(draw("text", { class: "name", x, y: -y + 46 }, visit ?? track));
    return [group];
  });
}

function lineToNearest(model, party, ms, x, y) {
  const members = Object.keys(model.people).filter((name) => model.partyOf(name) === party);
  const places = members.map((name) => between(model.people[name], ms, GAP_MS)).filter(Boolean);
  const far = (at) => Math.hypot(at[1] - x, at[2] - y);
  const nearest = places.sort((a, b) => far(a) - far(b))[0];
  if (!nearest || far(nearest) < OFF_CM) return [];
  return [draw("line", { class: "off", x1: x, y1: -y, x2: nearest[1], y2: -nearest[2] })];
}

function trail(rows, ms, name) {
  const recent = rows.slice(countUpTo(rows, ms - TRAIL_MS), countUpTo(rows, ms));
  return draw("polyline", { class: name, points: recent.map(([, x, y]) => `${x},${-y}`).join(" ") });
}

/** Return a ring wherever something has just happened. */
export function moments(model, ms) {
  const from = countUpTo(model.marks, ms - MOMENT_MS, (mark) => mark.t);
  const recent = model.marks.slice(from, countUpTo(model.marks, ms, (mark) => mark.t));
  return recent.filter((mark) => mark.at).map(({ at: [x, y], lane, tone, text }) =>
    draw("circle", { class: `moment ${lane} ${tone ?? ""}`, cx: x, cy: -y, r: lane === "stack" ? 20 : 13 }, draw("title", {}, text)),
  );
}

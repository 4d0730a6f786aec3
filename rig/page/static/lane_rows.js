// Rows of the timeline: the axis, the script of each shopper, marks by lane, gates.
import { colourOf, markColour } from "./colours.js";
import { draw, make } from "./make.js";
import { seconds } from "./words.js";

const LABELS = { truth: "truth", stack: "stack", doors: "doors", money: "money", faults: "faults" };
const TICKS_MS = [1000, 2000, 5000, 10000, 20000, 30000, 60000, 120000, 300000, 600000];

/** Return a row with a label and an empty track. */
export function laneRow(name, label, ...content) {
  const track = draw("svg", { class: "lane-track", "aria-hidden": "true" });
  track.append(...content);
  return make("div", { class: `lane ${name}` }, make("span", { class: "lane-label", title: label }, label), track);
}

export function axisRow(span, percent) {
  const step = TICKS_MS.find((ms) => span / ms <= 12) ?? 1200000;
  const ticks = [];
  for (let ms = 0; ms <= span; ms += step) {
    const end = percent(ms) > 96;
    ticks.push(draw("line", { class: "tick", x1: `${percent(ms)}%`, x2: `${percent(ms)}%`, y1: 12, y2: 16 }));
    ticks.push(draw("text", { class: `tick-name ${ms === 0 ? "first" : end ? "last" : ""}`, x: `${percent(ms)}%`, y: 10 }, `${ms / 1000}`));
  }
  return laneRow("axis", "seconds", ...ticks);
}

/** Return what everybody was at, a row each. */
export function stepRows(model, percent) {
  const rows = {};
  for (const [time, who, index, done, text, problem] of model.steps) {
    const steps = (rows[who] ??= []);
    if (!done) steps.push({ from: time, to: null, index, text, problem });
    const step = steps.findLast((one) => one.index === index);
    if (done && step) Object.assign(step, { to: time, problem });
  }
  return Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, steps]) => {
    const bars = steps.map((step) => bar(step, percent, model.now));
    const row = laneRow("script", who, ...bars);
    row.style.color = colourOf(model, model.partyOf(who));
    return row;
  });
}

function bar({ from, to, text, problem }, percent, now) {
  const [left, right] = [percent(from), percent(to ?? now)];
  const box = draw("svg", { x: `${left}%`, width: `${Math.max(0.15, right - left)}%`, height: "100%" });
  const words = problem ? `${text}: ${problem}` : text;
  box.append(draw("rect", { class: problem ? "step bad" : "step", width: "100%", height: "100%" }, draw("title", {}, words)));
  if (right - left > 4) box.append(draw("text", { class: "step-name", x: 4, y: 11 }, text));
  return box;
}

/** Return marks, a row a lane; a lane without any is left out. */
export function markRows(model, percent) {
  return Object.entries(LABELS).flatMap(([lane, label]) => {
    const marks = model.marks.filter((mark) => mark.lane === lane);
    if (!marks.length) return [];
    const spans = marks.filter((mark) => mark.span).map(({ span: [from, to] }) =>
      draw("rect", { class: "spell", x: `${percent(from)}%`, width: `${Math.max(0.2, percent(to - from))}%`, height: "100%" }),
    );
    return [laneRow("marks", label, ...spans, ...marks.map((mark) => sign(model, mark, percent)))];
  });
}

const SHAPES = { truth: "M0-4.5a4.5 4.5 0 1 0 .01 0z", stack: "M0-5.5 5.5 0 0 5.5-5.5 0z", doors: "M-3-5h6v10h-6z", money: "M-4.5-4.5h9v9h-9z", faults: "M0-5.5 5.5 4.5h-11z" };

function sign(model, mark, percent) {
  const place = draw("svg", { class: "at", x: `${percent(mark.t)}%`, y: "50%" });
  const shape = draw("path", { class: `sign-shape ${mark.tone ?? ""}`, d: SHAPES[mark.lane] });
  shape.style.color = markColour(model, mark);
  shape.append(draw("title", {}, `${seconds(mark.t)}  ${mark.text}`));
  place.append(shape);
  return place;
}

/** Return when each gate stood open, a row a gate that ever did. */
export function gateRows(model, percent) {
  return Object.entries(model.gates).sort(([a], [b]) => (a < b ? -1 : 1)).map(([gate, rows]) => {
    const bars = rows.flatMap(([time, open], index) => {
      const to = rows[index + 1]?.[0] ?? model.now;
      return open ? [draw("rect", { class: "open", x: `${percent(time)}%`, width: `${percent(to - time)}%`, height: "100%" }, draw("title", {}, `${gate} open, ${seconds(time)} to ${seconds(to)}`))] : [];
    });
    return laneRow("gates", gate, ...bars);
  });
}

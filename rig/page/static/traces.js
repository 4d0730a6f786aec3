// What the plates weighed: a row a rack, its plates that changed most drawn over one another.
import { lastUpTo } from "./find.js";
import { draw, make, put } from "./make.js";
import { laneRow } from "./lane_rows.js";
import { grams } from "./words.js";

const LINES = 4;
const LEAST_G = 40;

/** Return the rows, the rack whose load changed most first. */
export function traceRows(model, span) {
  const racks = {};
  for (const [plate, { goods, rows }] of Object.entries(model.plates)) {
    const values = rows.map(([, value]) => value).filter((value) => value !== null);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    (racks[plate.split("/")[0]] ??= []).push({ plate, goods, rows, low, high, change: high - low });
  }
  const sorted = Object.entries(racks).map(([rack, plates]) => [rack, plates.sort((a, b) => b.change - a.change || (a.plate < b.plate ? -1 : 1))]);
  sorted.sort(([, a], [, b]) => b[0].change - a[0].change);
  return sorted.map(([rack, plates]) => new TraceRow(rack, plates, span));
}

class TraceRow {
  constructor(rack, plates, span) {
    this.plates = plates.slice(0, LINES);
    const rest = plates.length - this.plates.length;
    const low = Math.min(-LEAST_G / 2, ...this.plates.map((plate) => plate.low));
    const high = Math.max(LEAST_G / 2, ...this.plates.map((plate) => plate.high));
    const pad = (high - low) * 0.08;
    const box = draw("svg", { viewBox: `0 ${-high - pad} ${span} ${high - low + 2 * pad}`, preserveAspectRatio: "none", width: "100%", height: "100%" });
    box.append(draw("line", { class: "zero", x1: 0, x2: span, y1: 0, y2: 0 }));
    box.append(...this.plates.flatMap(({ rows }, index) => pieces(rows, index)));
    this.legend = make("span", { class: "legend" });
    this.row = laneRow("trace", rack, box);
    this.row.append(this.legend);
    if (rest) this.row.firstChild.title = `${rack}, and ${rest} more plates that changed less`;
  }

  /** Write each plate's weight at the cursor. */
  show(ms) {
    const words = this.plates.map(({ plate, goods, rows }, index) => {
      const name = `${plate.split("/").slice(1).join(" ").replace("shelf-", "s").replace("plate-", "p")}`;
      const text = `${name} ${grams(lastUpTo(rows, ms)?.[1])}`;
      return make("span", { class: `line-${index}`, title: `${plate}: ${goods.join(", ")}` }, text);
    });
    put(this.legend, ...words);
  }
}

/** Return lines through the readings; where a plate was silent there is none. */
function pieces(rows, index) {
  const runs = [[]];
  for (const [time, value] of rows) {
    if (value === null) runs.push([]);
    else runs.at(-1).push(`${time},${-value}`);
  }
  return runs.filter((run) => run.length).map((run) => draw("polyline", { class: `weight line-${index}`, points: run.join(" ") }));
}

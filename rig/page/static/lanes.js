// The timeline: one lane a row, all on one axis, with the cursor and the moment of parting across them.
import { put } from "./make.js";
import { axisRow, gateRows, markRows, stepRows } from "./lane_rows.js";
import { scrubOver } from "./scrub.js";
import { traceRows } from "./traces.js";

/** The lanes. */
export class Lanes {
  constructor(rows, over, player) {
    this.rows = rows;
    this.over = over;
    this.cursor = over.querySelector(".cursor");
    this.parted = over.querySelector(".parted");
    scrubOver(rows, over, player);
  }

  build(model) {
    this.model = model;
    this.span = Math.max(1000, model.now);
    const percent = (ms) => (100 * ms) / this.span;
    this.traces = traceRows(model, this.span);
    const rows = [axisRow(this.span, percent), ...stepRows(model, percent), ...markRows(model, percent)];
    put(this.rows, ...rows, ...gateRows(model, percent), ...this.traces.map((trace) => trace.row));
    this.parted.hidden = !model.end?.parted;
    if (model.end?.parted) {
      this.parted.style.left = `${percent(model.end.parted.t)}%`;
      this.parted.classList.toggle("late", percent(model.end.parted.t) > 50);
      this.parted.title = model.end.parted.text;
    }
  }

  show(ms) {
    this.cursor.style.left = `${(100 * ms) / this.span}%`;
    for (const trace of this.traces) trace.show(ms);
  }
}

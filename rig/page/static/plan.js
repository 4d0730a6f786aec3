// The floor plan: the store, everybody's true place and hands, the stack's tracks, gates, and what happens where.
import { colourOf } from "./colours.js";
import { lastUpTo } from "./find.js";
import { draw, put } from "./make.js";
import { cameraSigns, storeShapes } from "./plan_store.js";
import { moments, people, tracks } from "./plan_people.js";
import { seconds } from "./words.js";

const MARGIN = 35;
// A store so much wider than deep has its plan above the cameras, not beside them.
const FLAT = 1.7;

/** The plan; y goes up in the store and down on the screen. */
export class Plan {
  constructor(svg, words) {
    this.svg = svg;
    this.words = words;
    this.moving = draw("g");
    new ResizeObserver(() => this.scale()).observe(svg);
  }

  build(model) {
    this.model = model;
    if (!model.store || this.store === model.store) return;
    this.store = model.store;
    const [x0, y0, x1, y1] = model.store.bounds;
    this.width = x1 - x0 + 2 * MARGIN;
    this.height = y1 - y0 + 2 * MARGIN;
    this.svg.setAttribute("viewBox", `${x0 - MARGIN} ${-y1 - MARGIN} ${this.width} ${this.height}`);
    this.gates = {};
    put(this.svg, ...storeShapes(model.store, this.gates), ...cameraSigns(model.store), this.moving);
    document.body.classList.toggle("flat", this.width > FLAT * this.height);
    this.scale();
  }

  /** Let text and thin lines keep their size on the screen. */
  scale() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (!this.store || !width || !height) return;
    this.svg.style.setProperty("--px", Math.max(this.width / width, this.height / height));
  }

  show(ms) {
    const { model } = this;
    for (const [id, line] of Object.entries(this.gates ?? {})) {
      line.classList.toggle("open", Boolean(lastUpTo(model.gates[id] ?? [], ms)?.[1]));
    }
    const colour = (party) => colourOf(model, party);
    put(this.moving, ...moments(model, ms), ...tracks(model, ms, colour), ...people(model, ms, colour));
    const mark = model.markAt(ms);
    this.words.textContent = mark ? `${seconds(mark.t)}  ${mark.text}` : "";
  }
}

// What the chosen cameras saw: a key picture, and over it the patches of the moment.
import { colourOf } from "./colours.js";
import { GAP_MS, between, countUpTo } from "./find.js";
import { make, put } from "./make.js";
import { Pictures } from "./pictures.js";
import { seconds } from "./words.js";

/** The tiles. */
export class Cameras {
  constructor(panel) {
    this.panel = panel;
    this.tiles = {};
  }

  build(model) {
    this.model = model;
    for (const { id, shape, takes } of model.store?.cameras ?? []) {
      if (model.shots[id] && !this.tiles[id]) {
        this.tiles[id] = new Tile(id, shape, takes);
        put(this.panel, ...Object.keys(this.tiles).map((name) => this.tiles[name].figure));
      }
    }
    const tiles = Object.values(this.tiles);
    // Two columns of what these cameras make, and the gaps between.
    if (tiles.length) this.panel.style.setProperty("--shape", (2 * tiles[0].ratio) / Math.ceil(tiles.length / 2));
    this.panel.hidden = !Object.keys(this.tiles).length;
    document.body.classList.toggle("blind", this.panel.hidden);
  }

  show(ms) {
    for (const [id, tile] of Object.entries(this.tiles)) tile.show(this.model, this.model.shots[id], ms);
  }
}

class Tile {
  constructor(id, [width, height], takes) {
    this.id = id;
    this.takes = takes;
    this.ratio = width / height;
    this.canvas = make("canvas", { role: "img" });
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    this.names = make("div", { class: "heads", "aria-hidden": "true" });
    this.when = make("span", { class: "when" });
    const button = make("button", { type: "button", "aria-pressed": "false", "aria-label": `Enlarge camera ${id}` }, this.canvas, this.names);
    button.addEventListener("click", () => this.enlarge(button));
    this.figure = make("figure", {}, button, make("figcaption", {}, id, this.when));
    this.pictures = new Pictures();
  }

  enlarge(button) {
    const large = this.figure.classList.toggle("large");
    this.figure.parentElement.classList.toggle("one", large);
    button.setAttribute("aria-pressed", String(large));
  }

  async show(model, shots, ms) {
    this.wanted = ms;
    this.name(model, ms);
    const index = countUpTo(shots, ms) - 1;
    this.canvas.setAttribute("aria-label", index < 0 ? `${this.id}: no picture yet` : `${this.id} at ${seconds(shots[index][0])}`);
    this.when.textContent = index < 0 ? "" : seconds(shots[index][0]);
    if (index < 0 || shots[index] === this.drawn) return;
    const layers = await this.pictures.layers(shots, index);
    if (this.wanted !== ms || !layers.length) return;
    this.drawn = shots[index];
    const [, , , width, height] = layers[0];
    if (this.canvas.width !== width) Object.assign(this.canvas, { width, height });
    const pen = this.canvas.getContext("2d");
    for (const [image, x, y] of layers) pen.drawImage(image, x, y);
  }

  /** Write everybody's name beside their true head. */
  name(model, ms) {
    const labels = Object.entries(model.people).flatMap(([name, rows]) => {
      const at = between(rows, ms, GAP_MS);
      const spot = at && seen(this.takes, at[1] / 100, at[2] / 100, at[3] / 100);
      return spot ? [label(name, spot, colourOf(model, model.partyOf(name)))] : [];
    });
    put(this.names, ...labels);
  }
}

function label(name, [across, down], colour) {
  const mark = make("i", {}, name);
  mark.style.left = `${across * 100}%`;
  mark.style.top = `${down * 100}%`;
  mark.style.setProperty("--tint", colour);
  return mark;
}

/** Return where a camera sees a point, from 0 to 1 across and down; null outside its picture. */
export function seen(takes, x, y, z) {
  const [u, v, w] = [0, 4, 8].map((row) => takes[row] * x + takes[row + 1] * y + takes[row + 2] * z + takes[row + 3]);
  if (w < 0.05) return null;
  const [across, down] = [u / w, v / w];
  return across >= 0 && across <= 1 && down >= 0 && down <= 1 ? [across, down] : null;
}

// The bar at the foot: buttons, the clock, and the slider that shows the whole run.
import { byId } from "./make.js";
import { seconds } from "./words.js";

/** Wires the bar to the player. */
export class Bar {
  constructor(player) {
    this.player = player;
    byId("play").addEventListener("click", () => player.toggle());
    byId("before").addEventListener("click", () => player.step(-1));
    byId("after").addEventListener("click", () => player.step(1));
    byId("live").addEventListener("click", () => player.follow());
    byId("scrub").addEventListener("input", (event) => player.seek(Number(event.target.value)));
    byId("speed").addEventListener("change", (event) => (player.speed = Number(event.target.value)));
    player.listeners.push(() => this.state());
  }

  build(model) {
    this.model = model;
    byId("scrub").max = model.now;
    const parted = model.end?.parted ?? (model.end?.outcome === "fail" ? { t: model.end.opens } : null);
    byId("flag").hidden = !parted;
    if (parted) byId("flag").style.setProperty("--share", parted.t / Math.max(1, model.now));
  }

  show(ms) {
    const scrub = byId("scrub");
    scrub.value = ms;
    scrub.setAttribute("aria-valuetext", seconds(ms));
    scrub.style.setProperty("--share", ms / Math.max(1, this.model.now));
    byId("clock").textContent = `${seconds(ms)} / ${(this.model.now / 1000).toFixed(1)}`;
  }

  state() {
    const { playing, following } = this.player;
    byId("play").setAttribute("aria-label", playing ? "Pause" : "Play");
    byId("play").classList.toggle("on", playing);
    byId("live").setAttribute("aria-pressed", String(following));
  }
}

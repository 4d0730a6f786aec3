// The list of events: the one at the cursor is marked, and each can be gone to.
import { markColour } from "./colours.js";
import { countUpTo } from "./find.js";
import { make } from "./make.js";
import { seconds } from "./words.js";

/** The list. */
export class EventList {
  constructor(list, player) {
    this.list = list;
    this.player = player;
    this.count = 0;
    this.current = null;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) player.seek(Number(button.dataset.t));
    });
  }

  build(model) {
    this.model = model;
    // New marks come last but for a few that a batch brings out of order: then the list is made anew.
    const grown = this.last && model.marks[this.count - 1] === this.last;
    if (!grown) this.list.replaceChildren();
    const made = model.marks.slice(grown ? this.count : 0).map((mark) => entry(model, mark));
    this.list.append(...made);
    this.count = model.marks.length;
    this.last = model.marks[this.count - 1];
  }

  show(ms) {
    const index = countUpTo(this.model.marks, ms, (mark) => mark.t) - 1;
    const item = this.list.children[index];
    if (item === this.current) return;
    this.current?.firstChild.removeAttribute("aria-current");
    this.current = item ?? null;
    if (!item) return;
    item.firstChild.setAttribute("aria-current", "true");
    const box = this.list.getBoundingClientRect();
    const own = item.getBoundingClientRect();
    if (own.top < box.top || own.bottom > box.bottom) this.list.scrollTop += own.top - box.top - box.height / 2;
  }
}

function entry(model, mark) {
  const dot = make("i", { class: `sign ${mark.lane}` });
  dot.style.color = markColour(model, mark);
  const time = make("span", { class: "t" }, seconds(mark.t));
  const button = make("button", { type: "button", "data-t": mark.t, class: mark.tone ?? "" }, time, dot, make("span", {}, mark.text));
  return make("li", {}, button);
}

// The top of the page: which run it is, the command that runs it again, the verdict, and what went wrong.
import { byId, make, put } from "./make.js";
import { seconds } from "./words.js";

/** Names the run and says how it came out. */
export class HeadLine {
  constructor(player) {
    this.player = player;
    byId("copy").addEventListener("click", () => this.copy());
  }

  build(model) {
    if (model.run) this.name(model.run);
    if (model.end) this.judge(model.end);
  }

  show() {}

  name(run) {
    byId("name").textContent = run.scenario;
    byId("about").textContent = run.about;
    const stack = run.stack === "reference" ? "reference stack" : `stack ${run.stack}`;
    byId("facts").textContent = [run.store, `seed ${run.seed}`, stack, run.renderer].filter(Boolean).join(" · ");
    byId("facts").title = run.versions.map(({ name, version }) => `${name} ${version}`).join("\n");
    byId("again").textContent = run.again;
    byId("again-box").hidden = !run.again;
  }

  judge(end) {
    const verdict = byId("verdict");
    verdict.hidden = false;
    verdict.dataset.outcome = end.outcome;
    put(verdict, make("strong", {}, end.outcome.toUpperCase()), ` ${end.words}`);
    const box = byId("wrong");
    const lines = [...end.troubles, ...end.differences];
    box.hidden = !lines.length;
    const list = make("ul", {}, ...lines.map((line) => make("li", {}, line)));
    if (end.opens === undefined) return put(box, list);
    const label = end.parted ? `Receipt and truth part at ${seconds(end.parted.t)}` : `Show the moment, ${seconds(end.opens)}`;
    const button = make("button", { type: "button", class: "small", id: "moment" }, label);
    button.addEventListener("click", () => this.player.seek(end.opens));
    put(box, list, button);
  }

  async copy() {
    const text = byId("again").textContent;
    try {
      await navigator.clipboard.writeText(text);
      byId("copy").textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(byId("again"));
    }
  }
}

// Puts the page together.
import { Bar } from "./bar.js";
import { Cameras } from "./cameras.js";
import { Carts } from "./carts.js";
import { EventList } from "./events.js";
import { HeadLine } from "./head.js";
import { listenToKeys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { followRun } from "./live.js";
import { byId } from "./make.js";
import { Model } from "./model.js";
import { Plan } from "./plan.js";
import { Player } from "./player.js";

const model = new Model();
const views = [];
const player = new Player(model, (ms) => views.forEach((view) => view.show(ms)));
views.push(
  new HeadLine(player),
  new Plan(byId("plan"), byId("plan-words")),
  new Cameras(byId("cameras")),
  new Carts(byId("carts")),
  new EventList(byId("events"), player),
  new Lanes(byId("rows"), byId("over"), player),
  new Bar(player),
);

function built() {
  for (const view of views) view.build(model);
}

for (const batch of JSON.parse(byId("run").textContent)) model.add(batch);
built();
listenToKeys(player);
const asked = Number(new URLSearchParams(location.hash.slice(1)).get("t") ?? NaN);
if (document.body.dataset.live) followRun(document.body.dataset.live, model, player, built);
else player.goTo(Number.isFinite(asked) ? asked * 1000 : model.end?.opens ?? 0);

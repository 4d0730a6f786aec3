// What each shopper holds at the cursor: by the truth, by the stack, and by the receipt.
import { make, put } from "./make.js";
import { colourOf } from "./colours.js";

const SIDES = ["truth", "stack", "receipt"];

/** Return party -> product -> counts by side, and who has a receipt, as it was at a time. */
export function cartsAt(model, ms) {
  const carts = Object.fromEntries(model.parties.map((party) => [party, { goods: {}, billed: false }]));
  for (const [time, side, holder, product, count] of model.cart) {
    if (time > ms) break;
    const cart = carts[side === "truth" ? model.partyOf(holder) : model.partyOfVisit(holder)];
    const counts = (cart.goods[product] ??= { truth: 0, stack: 0, receipt: 0 });
    counts[side] += count;
    cart.billed ||= side === "receipt";
  }
  for (const mark of model.marks) {
    if (mark.t > ms) break;
    const cart = mark.lane === "money" && mark.who && mark.text.startsWith("receipt ") && carts[model.partyOfAny(mark.who)];
    if (cart) cart.billed = true;
  }
  return carts;
}

/** The panel of carts. */
export class Carts {
  constructor(panel) {
    this.panel = panel;
  }

  build(model) {
    this.model = model;
    this.shown = "";
  }

  show(ms) {
    const carts = cartsAt(this.model, ms);
    // At a till the stack keeps no cart: the receipt says it all.
    const sides = this.model.cart.some(([, side]) => side === "stack") ? SIDES : ["truth", "receipt"];
    const now = JSON.stringify([carts, this.model.end?.outcome]);
    if (now === this.shown) return;
    this.shown = now;
    const parties = this.model.parties.filter((party) => !party.startsWith("visit ") || Object.keys(carts[party].goods).length);
    put(this.panel, ...parties.map((party) => card(this.model, party, carts[party], sides)));
    if (!parties.length) put(this.panel, make("p", { class: "soft" }, "Nobody yet."));
  }
}

function card(model, party, cart, sides) {
  const names = model.membersOf(party).join(" + ");
  const person = model.end?.people.find((one) => one.group === party);
  const dot = make("i", { class: "dot" });
  dot.style.background = colourOf(model, party);
  const status = cart.billed && person ? make("span", { class: "status" }, `${person.total}, ${person.status}`) : "";
  const rows = Object.entries(cart.goods).filter(([, counts]) => SIDES.some((side) => counts[side])).sort();
  const head = make("tr", {}, make("th", { scope: "col" }, "product"), ...sides.map((side) => make("th", { scope: "col" }, side)));
  const body = rows.map(([product, counts]) => row(model, product, counts, cart.billed, sides));
  const table = make("table", {}, make("caption", { class: "unseen" }, `Cart of ${names}`), make("thead", {}, head), make("tbody", {}, ...body));
  const goods = rows.length ? table : make("p", { class: "soft" }, cart.billed ? "Nothing, and an empty receipt." : "Nothing.");
  return make("article", { class: "cart" }, make("h3", {}, dot, names, status), goods);
}

function row(model, product, counts, billed, sides) {
  const bad = billed && counts.truth !== counts.receipt;
  const unsure = sides.includes("stack") && counts.truth !== counts.stack;
  const cells = sides.map((side) => make("td", {}, side === "receipt" && !billed ? "" : String(counts[side])));
  const name = make("th", { scope: "row", title: product }, model.store?.products[product] ?? product);
  return make("tr", { class: bad ? "bad" : unsure ? "unsure" : "" }, name, ...cells);
}

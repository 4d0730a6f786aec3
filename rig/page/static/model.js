// Everything the page knows of a run; a file tells it in one batch, a live run in many.
import { countUpTo } from "./find.js";

const LANES = ["truth", "stack", "doors", "money", "faults"];

/** One run. */
export class Model {
  constructor() {
    this.now = 0;
    this.run = null;
    this.store = null;
    this.end = null;
    this.people = {};
    this.tracks = {};
    this.visits = {};
    this.plates = {};
    this.gates = {};
    this.steps = [];
    this.marks = [];
    this.cart = [];
    this.shots = {};
    this.groups = { shoppers: {}, visits: {} };
  }

  /** Take what is new. */
  add(batch) {
    for (const name of ["run", "store", "end"]) if (batch[name]) this[name] = batch[name];
    for (const name of ["people", "tracks", "shots"]) append(this[name], batch[name]);
    for (const name of ["steps", "marks", "cart"]) this[name].push(...(batch[name] ?? []));
    this.marks.sort((a, b) => a.t - b.t || LANES.indexOf(a.lane) - LANES.indexOf(b.lane));
    Object.assign(this.visits, batch.visits);
    for (const [time, gate, open] of batch.gates ?? []) (this.gates[gate] ??= []).push([time, open]);
    for (const [plate, { goods, rows }] of Object.entries(batch.plates ?? {})) {
      (this.plates[plate] ??= { goods, rows: [] }).rows.push(...rows);
    }
    for (const [kind, names] of Object.entries(batch.groups ?? {})) Object.assign(this.groups[kind], names);
    this.now = Math.max(this.now, batch.now ?? 0);
  }

  /** Names of everybody, in a fixed order, which gives them their colours. */
  get shoppers() {
    return [...new Set([...Object.keys(this.groups.shoppers), ...Object.keys(this.people)])].sort();
  }

  /** Names of the groups that share a receipt; a visit of nobody's is one of its own. */
  get parties() {
    const found = new Set(this.shoppers.map((name) => this.partyOf(name)));
    for (const [, side, holder] of this.cart) found.add(side === "truth" ? this.partyOf(holder) : this.partyOfVisit(holder));
    return [...found].sort();
  }

  partyOf(shopper) {
    return this.groups.shoppers[shopper] ?? shopper;
  }

  partyOfVisit(visit) {
    return this.groups.visits[visit] ?? `visit ${visit}`;
  }

  /** Who is meant by a mark's name: a shopper, or a visit. */
  partyOfAny(who) {
    return who in this.groups.shoppers ? this.partyOf(who) : this.partyOfVisit(who);
  }

  membersOf(party) {
    const members = this.shoppers.filter((name) => this.partyOf(name) === party);
    return members.length ? members : [party];
  }

  /** Marks a person may want to step through: not the stack's notes on where a visit stands. */
  get moments() {
    return this.marks;
  }

  /** Return the last mark at or before a time. */
  markAt(ms) {
    return this.marks[countUpTo(this.marks, ms, (mark) => mark.t) - 1] ?? null;
  }
}

function append(to, from) {
  for (const [name, rows] of Object.entries(from ?? {})) (to[name] ??= []).push(...rows);
}

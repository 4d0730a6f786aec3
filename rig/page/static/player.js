// The cursor: where in the run the page stands, and how it moves by itself.
import { countUpTo } from "./find.js";

/** Holds the cursor and tells everybody where it stands. */
export class Player {
  constructor(model, show) {
    this.model = model;
    this.show = show;
    this.ms = 0;
    this.speed = 1;
    this.playing = false;
    this.following = false;
    this.listeners = [];
  }

  /** Go to a time; whoever goes somewhere no longer follows a live run. */
  seek(ms) {
    this.following = false;
    this.goTo(ms);
  }

  by(ms) {
    this.seek(this.ms + ms);
  }

  /** Go to the mark before or after the cursor; marks of one moment are one. */
  step(direction) {
    const marks = this.model.moments;
    const time = (mark) => mark.t;
    const next = direction > 0 ? marks[countUpTo(marks, this.ms, time)] : marks[countUpTo(marks, this.ms - 1, time) - 1];
    this.pause();
    this.seek(next ? next.t : direction > 0 ? this.model.now : 0);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.ms >= this.model.now) this.goTo(0);
    this.following = false;
    this.playing = true;
    this.last = null;
    requestAnimationFrame((at) => this.tick(at));
    this.tell();
  }

  pause() {
    this.playing = false;
    this.tell();
  }

  /** Stay at the newest moment of a live run. */
  follow() {
    this.playing = false;
    this.following = true;
    this.goTo(this.model.now);
  }

  /** The run has gone on. */
  grow() {
    if (this.following) this.goTo(this.model.now);
  }

  tick(at) {
    if (!this.playing) return;
    if (this.last !== null) this.goTo(this.ms + (at - this.last) * this.speed);
    this.last = at;
    if (this.ms >= this.model.now) this.pause();
    else requestAnimationFrame((next) => this.tick(next));
  }

  goTo(ms) {
    this.ms = Math.min(Math.max(0, Math.round(ms)), this.model.now);
    this.show(this.ms);
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener(this);
  }
}

// Decoding pictures, and remembering the last ones.

const MOST = 60;

/** The pictures of one camera. */
export class Pictures {
  constructor() {
    this.known = new Map();
  }

  /** Return what to draw for a shot: its key picture first, then its patches; each an image, its x, y, width and height. */
  async layers(shots, index) {
    let key = index;
    while (key > 0 && !shots[key][1]) key -= 1;
    const chosen = key === index ? [shots[key]] : [shots[key], shots[index]];
    const parts = await Promise.all(chosen.map((shot) => this.parts(shot)));
    return parts.flat();
  }

  parts(shot) {
    if (!this.known.has(shot)) {
      this.known.set(shot, Promise.all(shot[2].map(decoded)));
      if (this.known.size > MOST) this.known.delete(this.known.keys().next().value);
    }
    return this.known.get(shot);
  }
}

async function decoded([x, y, width, height, text]) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return [await createImageBitmap(new Blob([bytes], { type: "image/webp" })), x, y, width, height];
}

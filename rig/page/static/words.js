// Times and figures in words.

/** Return milliseconds as "12.60 s". */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Return grams with a sign. */
export function grams(value) {
  if (value === null || value === undefined) return "no reading";
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)} g`;
}

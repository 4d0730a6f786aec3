// Looking things up by time.

/** Milliseconds without a row after which nobody knows where somebody is. */
export const GAP_MS = 600;

/** Return how many rows are at or before a time; rows are sorted, `time` reads a row's time. */
export function countUpTo(rows, ms, time = (row) => row[0]) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time(rows[middle]) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Return the last row at or before a time, null when there is none or it is older than `most` milliseconds. */
export function lastUpTo(rows, ms, most = Infinity) {
  const row = rows[countUpTo(rows, ms) - 1];
  return row && ms - row[0] <= most ? row : null;
}

/** Return a place between two rows: numbers from column 1 on, as they were at a time. */
export function between(rows, ms, most) {
  const index = countUpTo(rows, ms) - 1;
  const before = rows[index];
  const after = rows[index + 1];
  if (!before) return null;
  if (!after || after[0] - before[0] > most) return ms - before[0] <= most ? before : null;
  const share = (ms - before[0]) / (after[0] - before[0]);
  return before.map((value, column) => value + (after[column] - value) * share);
}

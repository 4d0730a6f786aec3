// One colour a party, the same everywhere on the page.

const COLOURS = 8;

/** Return the CSS colour of a party; grey for a visit of nobody's. */
export function colourOf(model, party) {
  const index = model.shoppers.indexOf(party);
  return index < 0 ? "var(--nobody)" : `var(--p${index % COLOURS})`;
}

/** Return the CSS colour of whoever a mark is about. */
export function markColour(model, mark) {
  return mark.who ? colourOf(model, model.partyOfAny(mark.who)) : "var(--ink-soft)";
}

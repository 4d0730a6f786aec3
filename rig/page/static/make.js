// Elements. Text goes in as text, whatever it holds.

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Return an HTML element. */
export function make(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Return an SVG element. */
export function draw(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Put children into an element in place of what was there. */
export function put(element, ...children) {
  element.replaceChildren(...children);
}

/** Return the element of an id. */
export function byId(id) {
  return document.getElementById(id);
}

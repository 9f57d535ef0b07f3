/**
 * Build an element. Text only ever becomes a text node, so nothing anybody typed can become markup.
 *
 * @param {string} name tag name
 * @param {Object<string, any>} attributes `onclick` and its like are listeners; true is an attribute
 *   without a value; false, null and undefined leave the attribute out
 * @param {...(Node|string|null|undefined)} children
 */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** Likewise, a part of a drawing. */
export function shape(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text that only a screen reader gets. */
export function spoken(text) {
  return element("span", { class: "spoken" }, text);
}

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

const sheets = new Map();

/**
 * Give a shadow root these style sheets of ours; resolves when they are there, or cannot be had.
 *
 * A sheet made by script needs no permission of the page's policy, and is shared by all who adopt it.
 */
export async function adoptStyles(root, ...names) {
  const addresses = names.map((name) => new URL(name, import.meta.url).href);
  if (!("adoptedStyleSheets" in root)) return Promise.all(addresses.map((address) => linkStyle(root, address)));
  try {
    for (const address of addresses) if (!sheets.has(address)) sheets.set(address, loadSheet(address));
    root.adoptedStyleSheets = await Promise.all(addresses.map((address) => sheets.get(address)));
  } catch {
    // Without its style the chat still works; another try may find it.
    sheets.clear();
  }
}

async function loadSheet(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no style: ${response.status}`);
  return new CSSStyleSheet().replace(await response.text());
}

// Safari before 16.4; a page with a strict policy must allow our address in its style-src.
function linkStyle(root, address) {
  return new Promise((resolve) => {
    root.append(element("link", { rel: "stylesheet", href: address, onload: resolve, onerror: resolve }));
  });
}

const WAVES = "c4-4 8-4 12 0s8 4 12 0 8-4 12 0 8 4 12 0";

/** Noor's face: sun, dike and water. Drawn here, for the page's policy may allow no image of ours. */
export function avatar() {
  return shape(
    "svg",
    { class: "avatar", viewBox: "0 0 48 48", "aria-hidden": "true" },
    shape("rect", { width: 48, height: 48, rx: 24, fill: "#d9ebf6" }),
    shape("circle", { cx: 24, cy: 21, r: 9, fill: "#f0b64a" }),
    shape("path", { d: `M0 24${WAVES}v24H0z`, fill: "#2e6b45" }),
    shape("path", { d: `M0 31${WAVES}v17H0z`, fill: "#1a6291" }),
    shape("path", { d: `M0 39${WAVES}`, fill: "none", stroke: "#d9ebf6", "stroke-width": 2 }),
  );
}

import { element } from "./dom.js";

const sheets = new Map();

/**
 * Give a shadow root one of our style sheets; resolves when it is there, or cannot be had.
 *
 * A sheet made by script needs no permission of the page's policy, and is shared by all who adopt it.
 */
export async function adoptStyle(root, name) {
  const address = new URL(name, import.meta.url).href;
  if (!("adoptedStyleSheets" in root)) return linkStyle(root, address);
  try {
    if (!sheets.has(address)) sheets.set(address, loadSheet(address));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, await sheets.get(address)];
  } catch {
    // Without its style the chat still works.
    sheets.delete(address);
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

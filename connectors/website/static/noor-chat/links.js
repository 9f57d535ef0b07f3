import { HOME } from "./api.js";
import { element, spoken } from "./dom.js";
import { words } from "./words.js";

// A [title](address) as our editors write it, or a bare web address.
const LINK = /\[([^\]\n]+)\]\(([^\s()]+)\)|https?:\/\/[^\s<>"]+/g;
const CLOSING_PUNCTUATION = /[.,;:!?)\]'’”]+$/;

/** The address when it is an ordinary web page or a page of the counter; otherwise null. */
export function safeAddress(address) {
  if (typeof address !== "string") return null;
  // "//host" and "/\host" are other sites in disguise.
  if (!/^(https?:\/\/|\/(?![/\\]))/i.test(address)) return null;
  try {
    return new URL(address, HOME).href;
  } catch {
    return null;
  }
}

/** A link; one to another site opens beside the conversation, and says so. */
export function link(title, address) {
  const href = safeAddress(address);
  if (href === null) return document.createTextNode(title);
  if (new URL(href).origin === location.origin) return element("a", { href }, title);
  return element(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer" },
    title,
    spoken(` ${words.opensElsewhere}`),
  );
}

/** Text with its links made clickable. */
export function withLinks(text) {
  const parts = document.createDocumentFragment();
  let position = 0;
  for (const match of text.matchAll(LINK)) {
    const [whole, title, address] = match;
    parts.append(text.slice(position, match.index));
    if (address !== undefined) {
      parts.append(safeAddress(address) === null ? whole : link(title, address));
    } else {
      const bare = whole.replace(CLOSING_PUNCTUATION, "");
      parts.append(link(bare, bare), whole.slice(bare.length));
    }
    position = match.index + whole.length;
  }
  parts.append(text.slice(position));
  return parts;
}

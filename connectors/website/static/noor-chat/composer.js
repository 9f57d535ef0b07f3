import { element } from "./dom.js";
import { words } from "./words.js";

const MAX_CHARACTERS = 2000;
// From here on the person sees how much is left.
const COUNT_FROM = 1800;
const TALLEST_PX = 180;

/** Where the person types. */
export class Composer {
  #onSend;
  #onDraft;
  #input = element("textarea", {
    id: "input",
    rows: "1",
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": "left",
  });
  #left = element("p", { id: "left", class: "left", hidden: true });
  #announcement = element("p", { class: "spoken", role: "status" });

  /** @param {string} draft what was typed and not sent before */
  constructor(draft, onSend, onDraft) {
    this.#onSend = onSend;
    this.#onDraft = onDraft;
    this.#input.value = draft;
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => this.#onKey(event));
    this.view = element(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) },
      element("label", { for: "input" }, words.label),
      element("div", { class: "row" }, this.#input, element("button", { class: "send" }, words.send)),
      this.#left,
      this.#announcement,
    );
  }

  focus() {
    this.#input.focus();
  }

  /** Fit the field to its text; only possible once it is on the page. */
  fit() {
    this.#input.style.height = "auto";
    const border = this.#input.offsetHeight - this.#input.clientHeight;
    this.#input.style.height = `${Math.min(this.#input.scrollHeight + border, TALLEST_PX)}px`;
  }

  #onKey(event) {
    // While a word is being composed (Chinese, accents), Enter accepts that word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text) return;
    if (length(text) > MAX_CHARACTERS) {
      this.#announcement.textContent = this.#left.textContent;
      this.#input.focus();
      return;
    }
    this.#input.value = "";
    this.#changed();
    this.#onSend(text);
  }

  #changed() {
    this.#onDraft(this.#input.value);
    this.fit();
    const count = length(this.#input.value.trim());
    const left = MAX_CHARACTERS - count;
    const wasHidden = this.#left.hidden;
    const wasOver = this.#left.classList.contains("over");
    this.#left.hidden = count < COUNT_FROM;
    this.#left.classList.toggle("over", left < 0);
    this.#input.setAttribute("aria-invalid", String(left < 0));
    if (this.#left.hidden) this.#left.textContent = "";
    else this.#left.textContent = left < 0 ? words.charactersOver(-left) : words.charactersLeft(left);
    // Heard when it appears and when it is too much, not at every key.
    if (wasHidden !== this.#left.hidden || wasOver !== left < 0) {
      this.#announcement.textContent = this.#left.textContent;
    }
  }
}

/** Characters as people count them: an emoji is one. */
function length(text) {
  return [...text].length;
}

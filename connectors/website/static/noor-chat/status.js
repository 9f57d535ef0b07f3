import { element } from "./dom.js";
import { words } from "./words.js";

// An answer that comes sooner needs no sign that somebody is typing.
const TYPING_AFTER_MS = 250;

/** How things stand: a line above the field, which is read aloud, and "Noor is aan het typen", which is not. */
export class Status {
  #typingTimer;
  #timer;
  view = element("p", { class: "status", role: "status" });
  typing = element(
    "div",
    { class: "typing", hidden: true },
    words.typing,
    element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i")),
  );

  /** Tell something for so many milliseconds, or until something else is told. */
  tell(text, duration = null) {
    clearTimeout(this.#timer);
    this.view.textContent = text;
    if (duration === null) return;
    this.#timer = setTimeout(() => {
      this.view.textContent = "";
    }, duration);
  }

  showTyping(isTyping) {
    clearTimeout(this.#typingTimer);
    if (!isTyping) {
      this.typing.hidden = true;
      return;
    }
    this.#typingTimer = setTimeout(() => {
      this.typing.hidden = false;
    }, TYPING_AFTER_MS);
  }
}

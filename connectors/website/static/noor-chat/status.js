import { element } from "./dom.js";
import { words } from "./words.js";

// An answer that comes sooner needs no sign that somebody is typing.
const TYPING_AFTER_MS = 250;
// Another place in line is read aloud at most this often.
const QUIET_MS = 30_000;

/** How things stand: lines above the field, and who is typing, which is not read aloud. */
export class Status {
  #typingTimer;
  #timer;
  #place;
  #quietUntil = 0;
  #typist = element("span");
  view = element("p", { class: "status", role: "status" });
  standing = element("p", { class: "status" });
  typing = element(
    "div",
    { class: "typing", hidden: true },
    this.#typist,
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

  /** Show how it stands with a coach. Of a first place, and of who comes, the conversation tells aloud. */
  showStanding(text, place) {
    if (text === this.standing.textContent) return;
    const isNews = this.#place && place && place !== this.#place && Date.now() > this.#quietUntil;
    if (isNews) this.#quietUntil = Date.now() + QUIET_MS;
    this.#place = place;
    this.standing.setAttribute("aria-live", isNews ? "polite" : "off");
    this.standing.textContent = text;
  }

  showTyping(isTyping, name) {
    clearTimeout(this.#typingTimer);
    if (!isTyping) {
      this.typing.hidden = true;
      return;
    }
    this.#typist.textContent = words.typing(name);
    this.#typingTimer = setTimeout(() => {
      this.typing.hidden = false;
    }, TYPING_AFTER_MS);
  }
}

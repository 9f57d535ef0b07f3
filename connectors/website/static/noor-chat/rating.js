import { element, shape, spoken } from "./dom.js";
import { words } from "./words.js";

const THUMB = "M7 10v11H3V10zM7 11l4-8c1.5 0 2.5 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7A3 3 0 0 1 17 21H7";
const MAX_REASON = 500;

/** Asks under Noor's last answer whether it helped, and if not, why; nobody has to say. */
export class Rating {
  #handlers;
  #seq = 0;
  #up = this.#thumb("up", true);
  #down = this.#thumb("down", false);
  #words = element("textarea", { id: "reason", rows: "2", maxlength: MAX_REASON, "aria-describedby": "reason-error" });
  #error = element("p", { id: "reason-error", class: "reason-error", role: "alert" });
  // Who does not see the form come up hears of it.
  #news = element("p", { class: "spoken", role: "status" });
  #form = element(
    "form",
    { class: "reason", hidden: true, novalidate: true, onsubmit: (event) => this.#submit(event) },
    element("p", { class: "reason-title" }, words.rating.why),
    element(
      "div",
      { class: "choices" },
      ...words.rating.reasons.map((reason) =>
        element("button", { type: "button", class: "choice", onclick: () => this.#tell(reason) }, reason),
      ),
    ),
    element("label", { for: "reason" }, words.rating.own),
    this.#words,
    this.#error,
    element(
      "div",
      { class: "choices" },
      element("button", { class: "choice" }, words.rating.send),
      element("button", { type: "button", class: "choice", onclick: () => this.#close() }, words.rating.skip),
    ),
  );
  // Not read aloud with the message it stands under: it is no news.
  #view = element(
    "div",
    { class: "rating", role: "group", "aria-label": words.rating.label, "aria-live": "off" },
    this.#up,
    this.#down,
    this.#news,
    this.#form,
  );

  /** @param handlers `rate` rejects with an error for the person; `onTold` tells them something */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** Stand under this answer; `rated` is what was thought of it before. Null: under none. */
  showUnder(item, rated) {
    // Who is telling why may finish.
    if (!this.#form.hidden && this.#view.isConnected && item !== null) return;
    if (item === null) return this.#view.remove();
    if (this.#view.parentElement === item) return;
    this.#seq = Number(item.dataset.seq);
    this.#close();
    this.#press(rated ?? null);
    item.append(this.#view);
  }

  #thumb(direction, isHelpful) {
    return element(
      "button",
      { type: "button", class: "thumb", "aria-pressed": "false", onclick: () => this.#rate(isHelpful) },
      shape("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: direction }, shape("path", { d: THUMB })),
      spoken(words.rating[direction]),
    );
  }

  async #rate(helpful) {
    if (!(await this.#send({ seq: this.#seq, helpful, reason: null }))) return;
    this.#press(helpful);
    this.#form.hidden = helpful;
    if (helpful) this.#handlers.onTold(words.rating.thanks);
    this.#news.textContent = helpful ? "" : words.rating.why;
  }

  #submit(event) {
    event.preventDefault();
    const reason = this.#words.value.trim();
    if (reason) this.#tell(reason);
    else this.#words.focus();
  }

  async #tell(reason) {
    if (!(await this.#send({ seq: this.#seq, helpful: false, reason }))) return;
    this.#close();
    this.#handlers.onTold(words.rating.thanks);
  }

  async #send(rating) {
    this.#error.textContent = "";
    try {
      await this.#handlers.rate(rating);
      return true;
    } catch (error) {
      // What is wrong with a reason is told beside it.
      const text = error.message || words.failed;
      if (this.#form.hidden) this.#handlers.onTold(text);
      else this.#error.textContent = text;
      return false;
    }
  }

  #press(helpful) {
    this.#up.setAttribute("aria-pressed", String(helpful === true));
    this.#down.setAttribute("aria-pressed", String(helpful === false));
  }

  #close() {
    const hadFocus = this.#form.contains(this.#view.getRootNode().activeElement);
    this.#form.hidden = true;
    this.#news.textContent = "";
    this.#words.value = "";
    this.#error.textContent = "";
    if (hadFocus) this.#down.focus();
  }
}

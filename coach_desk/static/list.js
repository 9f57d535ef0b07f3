import { made } from "./pieces.js";

const MINUTE = 60_000;
const FORMATS = ["minute", "hour", "day"].map(
  (unit) => new Intl.NumberFormat("nl-NL", { style: "unit", unit, unitDisplay: "short" }),
);

/** A list of cases. It never moves under a pointer or a focus: what is new waits for a press of a button. */
export class List {
  #rows;
  #newer;
  #empty;
  #gone;
  #order = [];
  #lines = new Map();
  #isLive;

  constructor(place) {
    this.#rows = place.querySelector("[data-rows]");
    this.#newer = place.querySelector("[data-newer]");
    this.#empty = place.querySelector("[data-empty]");
    this.#gone = place.querySelector("[data-gone]");
    // What is over does not change by itself.
    this.#isLive = place.dataset.lines !== "afgerond";
    for (const row of this.#rows.children) this.#lines.set(row.dataset.number, row);
    this.#newer.addEventListener("click", () => this.#showAll());
    place.addEventListener("pointerleave", () => this.#settle());
    place.addEventListener("focusout", () => setTimeout(() => this.#settle()));
    setInterval(() => showWaits(document), MINUTE / 2);
  }

  take({ order, lines }) {
    if (!this.#isLive) return;
    this.#order = order;
    for (const [number, { v, html }] of Object.entries(lines)) this.#renew(number, v, html);
    for (const number of this.#lines.keys()) if (!order.includes(number)) this.#drop(number);
    this.#settle();
  }

  #renew(number, v, html) {
    const before = this.#lines.get(number);
    if (before?.dataset.v === v && !before.classList.contains("gone")) return;
    const row = made(html);
    this.#lines.set(number, row);
    if (!before?.isConnected) return;
    const focused = before.contains(document.activeElement) ? document.activeElement.tagName : undefined;
    before.replaceWith(row);
    if (focused) row.querySelector(focused.toLowerCase())?.focus({ preventScroll: true });
  }

  /** Who is in the list sees that a line is over, where it stood. */
  #drop(number) {
    const row = this.#lines.get(number);
    this.#lines.delete(number);
    if (!row.isConnected) return;
    row.classList.add("gone");
    row.querySelector("form")?.remove();
    if (!row.querySelector("[data-over]")) {
      const word = this.#gone.content.firstElementChild.cloneNode(true);
      word.dataset.over = "";
      row.append(word);
    }
  }

  get #isBusy() {
    return this.#rows.matches(":hover") || this.#rows.contains(document.activeElement);
  }

  #settle() {
    if (!this.#isLive) return;
    const fresh = this.#order.filter((number) => !this.#lines.get(number)?.isConnected);
    if (!this.#isBusy) this.#showAll();
    else if (fresh.length > 0) {
      this.#newer.querySelector("[data-newer-count]").textContent = fresh.length;
      this.#newer.hidden = false;
    }
  }

  #showAll() {
    const focused = this.#rows.contains(document.activeElement) ? document.activeElement : undefined;
    const rows = this.#order.map((number) => this.#lines.get(number)).filter(Boolean);
    if (rows.length !== this.#rows.children.length || rows.some((row, i) => row !== this.#rows.children[i])) {
      this.#rows.replaceChildren(...rows);
      focused?.focus({ preventScroll: true });
    }
    const hadFocus = document.activeElement === this.#newer;
    this.#newer.hidden = true;
    this.#empty.hidden = rows.length > 0;
    if (hadFocus) this.#rows.querySelector("a")?.focus();
    showWaits(this.#rows);
  }
}

/** Count on how long people wait. */
function showWaits(root) {
  for (const place of root.querySelectorAll("time.since")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(place.dateTime)) / MINUTE));
    const [format, amount] =
      minutes < 60 ? [0, minutes] : minutes < 2880 ? [1, Math.floor(minutes / 60)] : [2, Math.floor(minutes / 1440)];
    const text = FORMATS[format].format(amount);
    if (place.textContent !== text) place.textContent = text;
  }
}

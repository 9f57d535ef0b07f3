import { element } from "./dom.js";
import { messageView, replaceText, showProgress } from "./messages.js";
import { words } from "./words.js";

// Nearer to the end than this many pixels, a reader wants to see what comes.
const NEAR_END = 120;
// A screen reader must not read a whole history aloud: the log is silent until it stands.
const SILENCE_MS = 500;

/** The conversation on the screen, in the server's order, with what is not sent yet at the end. */
export class Log {
  #list = element("ol", { class: "messages", role: "list" });
  #bySeq = new Map();
  #unsent = new Map();
  #onPress;
  #tools;
  #atEnd = true;
  // Where a smooth scroll of our own is going, until it is there or the person takes over.
  #goal = null;
  // The first message that came while the person was reading further up.
  #unread = null;

  /** @param {function(HTMLElement, object): Node[]} tools what can be done with a message, given its element */
  constructor(onPress, tools) {
    this.#onPress = onPress;
    this.#tools = tools;
    this.view = element(
      "div",
      { class: "log", role: "log", "aria-label": words.log, "aria-live": "off", tabindex: "0" },
      this.#list,
    );
    this.jump = element(
      "button",
      { type: "button", class: "jump", hidden: true, onclick: () => this.#showUnread() },
      words.newBelow,
    );
    for (const takeOver of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.view.addEventListener(takeOver, () => (this.#goal = null), { passive: true });
    }
    this.view.addEventListener("scroll", () => {
      if (this.#goal !== null && Math.abs(this.view.scrollTop - this.#goal) < 2) this.#goal = null;
      this.#atEnd = this.#isAtEnd();
      if (this.#atEnd) this.#hideJump();
    });
    // A notice or a longer answer takes room from the log; its end should stay in sight.
    new ResizeObserver(() => this.#keepEnd()).observe(this.view);
  }

  /** Start empty; `isHistory` keeps the first page from being read aloud. */
  clear({ isHistory }) {
    this.view.setAttribute("aria-live", isHistory ? "off" : "polite");
    this.#list.replaceChildren();
    this.#bySeq.clear();
    this.#unsent.clear();
    this.#hideJump();
    this.#atEnd = true;
  }

  /** Show what came from the server. `labels` are titles of buttons the server does not know. */
  show(messages, labels) {
    this.#atEnd = this.#isAtEnd();
    const shown = messages.map((message) => this.#showOne(message, labels)).filter((item) => item !== null);
    this.#quietOldChoices();
    if (this.view.getAttribute("aria-live") === "off") {
      this.#scrollToEnd("instant");
      setTimeout(() => this.view.setAttribute("aria-live", "polite"), SILENCE_MS);
    } else if (shown.length > 0) {
      this.#follow(shown[0]);
    }
  }

  /** Take away what the server no longer has; tells whether that was anything. */
  keepOnly(seqs) {
    const kept = new Set(seqs);
    const erased = [...this.#bySeq.keys()].filter((seq) => !kept.has(seq));
    for (const seq of erased) {
      this.#bySeq.get(seq).remove();
      this.#bySeq.delete(seq);
    }
    if (erased.length > 0) this.#hideJump();
    return erased.length > 0;
  }

  /** Whether the person said anything. */
  get hasOwn() {
    return this.#list.querySelector("[data-from=person]") !== null;
  }

  /** The element of Noor's last answer when nothing came after it; not of her greeting. */
  lastAnswer() {
    const items = [...this.#list.children];
    const last = items.at(-1);
    return last?.dataset.from === "bot" && items.some(({ dataset }) => dataset.from === "person") ? last : null;
  }

  /** Show a message of the person's before the server has it. */
  showUnsent({ clientId, text, title }) {
    const item = messageView({ from: "person", text: text ?? title }, this.#onPress);
    showProgress(item, "sending");
    this.#unsent.set(clientId, item);
    this.#list.append(item);
    this.#quietOldChoices();
    this.#scrollToEnd();
  }

  /** A message of the person's has its place. */
  confirm({ clientId }, seq) {
    const item = this.#unsent.get(clientId);
    if (!item) return;
    this.#unsent.delete(clientId);
    // It may have arrived just before the connection broke, and have come in as news since.
    if (this.#bySeq.has(seq)) item.remove();
    else this.#bySeq.set(seq, item);
    item.dataset.seq = seq;
    showProgress(item, "");
  }

  /** A message cannot be sent now. */
  hold({ clientId }) {
    const item = this.#unsent.get(clientId);
    if (item) showProgress(item, "unsent");
    this.#keepEnd();
  }

  /** A message will never be sent; it stays where it is, with the reason. */
  refuse({ clientId }, reason) {
    const item = this.#unsent.get(clientId);
    if (!item) return;
    this.#unsent.delete(clientId);
    showProgress(item, "refused", reason);
    this.#keepEnd();
  }

  /** Nothing can be sent now. */
  holdAll() {
    for (const item of this.#unsent.values()) showProgress(item, "unsent");
    this.#keepEnd();
  }

  /** Say something of the chat's own, with an optional button. */
  note(text, button = null) {
    const view = messageView({ from: "system", text, buttons: button ? [button] : [] }, (pressed) =>
      pressed.onPress(),
    );
    this.#list.append(view);
    this.#scrollToEnd();
  }

  #showOne(message, labels) {
    const known = this.#bySeq.get(message.seq);
    if (known) {
      replaceText(known, message.text);
      return null;
    }
    const text = message.text || (message.from === "person" ? labels[message.seq] : "") || "";
    const isEmpty = !text && !message.buttons?.length && !message.cards?.length;
    // The greeting that opens a conversation has no words of its own.
    if (isEmpty) return null;
    const item = messageView({ ...message, text }, this.#onPress);
    const tools = this.#tools(item, message);
    if (tools.length > 0) item.append(element("div", { class: "tools" }, ...tools));
    this.#place(item, message.seq);
    return item;
  }

  /** Put a message in the server's order, before what is not sent yet. */
  #place(item, seq) {
    item.dataset.seq = seq;
    this.#bySeq.set(seq, item);
    const waiting = new Set(this.#unsent.values());
    const next = [...this.#list.children].find(
      (other) => waiting.has(other) || Number(other.dataset.seq) > seq,
    );
    this.#list.insertBefore(item, next ?? null);
  }

  #quietOldChoices() {
    const items = [...this.#list.children];
    const lastOwn = items.map((item) => item.dataset.from).lastIndexOf("person");
    items.forEach((item, index) => item.classList.toggle("answered", index < lastOwn));
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.view;
    return scrollHeight - (this.#goal ?? scrollTop) - clientHeight < NEAR_END;
  }

  /** Show new messages from their beginning, unless the person is reading further up. */
  #follow(first) {
    if (!this.#atEnd) {
      this.#unread ??= first;
      this.jump.hidden = false;
      return;
    }
    this.#showFrom(first);
  }

  #showUnread() {
    const first = this.#unread;
    this.#hideJump();
    if (first !== null) this.#showFrom(first);
  }

  #hideJump() {
    this.jump.hidden = true;
    this.#unread = null;
  }

  #showFrom(first) {
    if (!this.#scrollsItself()) {
      // The page is only moved for who is in the chat, not for who still reads above it.
      if (this.view.getRootNode().activeElement) first.scrollIntoView({ block: "nearest", behavior: motion() });
      return;
    }
    const own = first.previousElementSibling;
    const start = own?.dataset.from === "person" && own.offsetHeight < 120 ? own : first;
    this.#moveTo(start.offsetTop - 12, motion());
  }

  #keepEnd() {
    if (this.#atEnd) this.#scrollToEnd("instant");
  }

  #scrollToEnd(behavior = motion()) {
    this.#hideJump();
    if (this.#scrollsItself()) this.#moveTo(this.view.scrollHeight, behavior);
  }

  #moveTo(top, behavior) {
    this.#goal = Math.max(0, Math.min(top, this.view.scrollHeight - this.view.clientHeight));
    this.#atEnd = this.#isAtEnd();
    this.view.scrollTo({ top: this.#goal, behavior });
  }

  // On a very small or much enlarged screen the page scrolls instead.
  #scrollsItself() {
    return getComputedStyle(this.view).overflowY !== "visible";
  }
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

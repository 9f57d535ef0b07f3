import { made } from "./pieces.js";

// Somebody who is this near the end reads along with what comes, in pixels.
const NEAR_END = 120;

/** The conversation: each message once, in its place, and how far it came. */
export class Talk {
  #said;
  #typing;

  constructor(desk) {
    this.#said = desk.querySelector("[data-said]");
    this.#typing = desk.querySelector("[data-typing]");
    this.#toEnd();
  }

  take({ messages, typing }) {
    const isNear = this.#isNearEnd;
    let isNews = false;
    for (const message of messages) isNews = this.#put(message) || isNews;
    this.#typing.hidden = !typing;
    // Who reads back stays where they are.
    if (isNear && (isNews || typing)) this.#toEnd();
  }

  #put({ seq, v, html }) {
    const before = this.#said.querySelector(`[data-seq="${seq}"]`);
    if (before?.dataset.v === v) return false;
    const message = made(html);
    if (before) {
      // Only how far it came: the message itself is not read aloud again.
      before.dataset.v = v;
      before.querySelector(".passage")?.replaceWith(message.querySelector(".passage"));
      return false;
    }
    const next = [...this.#said.children].find((other) => Number(other.dataset.seq) > seq);
    this.#said.insertBefore(message, next ?? null);
    return true;
  }

  get #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#said.parentElement;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #toEnd() {
    this.#said.parentElement.scrollTop = this.#said.parentElement.scrollHeight;
  }
}

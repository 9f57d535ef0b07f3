import { NoConnection, Pauses, Refusal } from "./api.js";

/**
 * Sends what the person says, one message at a time and in order. What the server has not confirmed
 * stays in the browser's memory, and is sent again with the same client id: it arrives once.
 */
export class Outbox {
  #memory;
  #handlers;
  #conversation = null;
  #isSending = false;
  #pauses = new Pauses();
  /** Resolves when the try that is going on has ended, well or not. */
  settled = Promise.resolve();

  constructor(memory, handlers) {
    this.#memory = memory;
    this.#handlers = handlers;
    this.unsent = memory.unsent;
  }

  /** Send to this conversation from now on; null holds everything back. */
  set conversation(conversation) {
    this.#conversation = conversation;
    this.flush();
  }

  add(message) {
    this.unsent.push(message);
    this.#memory.unsent = this.unsent;
    this.flush();
  }

  /** Begin a conversation with this message, before what already waits. */
  openWith(message) {
    const others = this.unsent.filter(({ payload, title }) => title || payload !== message.payload);
    this.unsent = [message, ...others];
    this.#memory.unsent = this.unsent;
  }

  /** Begin no conversation after all; what the person said still waits. */
  dropOpening() {
    this.unsent = this.unsent.filter(({ text, title }) => text || title);
    this.#memory.unsent = this.unsent;
  }

  /** Forget what waits. */
  clear() {
    this.unsent = [];
    this.#memory.unsent = [];
  }

  /** Send what waits, now. */
  async flush() {
    this.#pauses.cutShort();
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#conversation && this.unsent.length > 0) {
      const [message] = this.unsent;
      const sending = this.#send(this.#conversation, message);
      this.settled = sending;
      if (!(await sending)) await this.#pauses.next();
    }
    this.#isSending = false;
  }

  /** Try once; false when it is worth another try. */
  async #send(conversation, message) {
    try {
      const seq = await conversation.send(message);
      this.#done(message);
      this.#handlers.onSent(message, seq);
    } catch (error) {
      if (conversation !== this.#conversation) return true;
      if (error instanceof NoConnection) {
        this.#handlers.onOffline();
        return false;
      }
      if (!(error instanceof Refusal)) throw error;
      if (error.isGone) {
        this.#conversation = null;
        this.#handlers.onGone(error);
      } else if (error.isPassing) {
        this.#handlers.onStuck(message, error.message);
        return false;
      } else {
        this.#done(message);
        this.#handlers.onRefused(message, error.message);
      }
    }
    this.#pauses.reset();
    return true;
  }

  #done(message) {
    this.unsent = this.unsent.filter((other) => other !== message);
    this.#memory.unsent = this.unsent;
  }
}

/** A message with an id of its own. */
export function newMessage({ text, payload, title }) {
  return { clientId: newId(), text, payload, title };
}

function newId() {
  // randomUUID is only there on https and localhost; a counter's own network may have neither.
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

import { NoConnection, Pauses, Refusal } from "./api.js";

// A WebSocket that a proxy blocks twice is not tried again for this many long polls.
const REFUSALS_BEFORE_POLLING = 2;
const POLLS_BEFORE_STREAMING = 15;
const TYPING_EVERY_MS = 3000;

/**
 * Brings what is said in a conversation, each message once and in order: live over a WebSocket,
 * or by long poll where that is blocked. Keeps trying until it is stopped.
 */
export class Newsline {
  #conversation;
  #handlers;
  #after = 0;
  #stopped = false;
  #pauses = new Pauses();
  #abort = new AbortController();
  #streamRefusals = 0;
  #polls = 0;
  #socket = null;
  #typedAt = 0;

  constructor(conversation, handlers) {
    this.#conversation = conversation;
    this.#handlers = handlers;
  }

  async run() {
    window.addEventListener("online", this.hurry);
    window.addEventListener("offline", this.#interrupt);
    document.addEventListener("visibilitychange", this.#onVisible);
    while (!this.#stopped) {
      try {
        // An ordinary read first: a WebSocket cannot tell that a conversation is gone.
        await this.#deliver(await this.#conversation.read(this.#after));
        if (this.#stopped) break;
        this.#handlers.onConnected();
        this.#pauses.reset();
        await this.#listen();
      } catch (error) {
        if (error instanceof Refusal && error.isGone) {
          if (!this.#stopped) this.#handlers.onGone(error);
          break;
        }
        if (!(error instanceof NoConnection || error instanceof Refusal)) throw error;
        if (!this.#stopped) this.#handlers.onLost();
        await this.#pauses.next();
      }
    }
    this.stop();
  }

  stop() {
    this.#stopped = true;
    window.removeEventListener("online", this.hurry);
    window.removeEventListener("offline", this.#interrupt);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#abort.abort();
    this.#pauses.cutShort();
  }

  /** Try again now instead of after the pause. */
  hurry = () => this.#pauses.cutShort();

  /** Tell that the person is typing; never what. */
  tellTyping() {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY_MS || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#typedAt = now;
    this.#socket.send('{"typing":true}');
  }

  // A phone that was asleep may hold a dead connection without knowing.
  #onVisible = () => {
    if (document.visibilityState === "visible") this.#interrupt();
  };

  #interrupt = () => {
    this.#abort.abort();
    this.hurry();
  };

  async #listen() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    if (this.#streamRefusals < REFUSALS_BEFORE_POLLING) {
      const hasWorked = await this.#stream(signal);
      if (signal.aborted) return;
      this.#streamRefusals = hasWorked ? 0 : this.#streamRefusals + 1;
      if (hasWorked) await this.#pauses.next();
      return;
    }
    try {
      await this.#deliver(await this.#conversation.wait(this.#after, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    this.#polls += 1;
    if (this.#polls % POLLS_BEFORE_STREAMING === 0) this.#streamRefusals = 0;
  }

  /** Follow the WebSocket until it closes; tells whether it ever brought anything. */
  async #stream(signal) {
    let socket;
    try {
      socket = this.#socket = this.#conversation.stream(this.#after);
    } catch {
      // A policy of the page or the browser forbids WebSockets.
      return false;
    }
    let hasWorked = false;
    let delivered = Promise.resolve();
    await new Promise((resolve, reject) => {
      socket.onmessage = ({ data }) => {
        hasWorked = true;
        delivered = delivered.then(() => this.#deliver(JSON.parse(data))).catch(reject);
      };
      socket.onclose = () => delivered.then(resolve);
      signal.addEventListener("abort", () => {
        socket.close();
        // Offline, the closing handshake never ends; nobody should wait for it.
        resolve();
      });
    });
    return hasWorked;
  }

  async #deliver(page) {
    if (this.#stopped) return;
    const messages = page.messages.filter((message) => message.seq > this.#after);
    if (messages.length > 0) this.#after = messages[messages.length - 1].seq;
    await this.#handlers.onNews({ ...page, messages });
  }
}

// Milliseconds between two tries to get the line back; the last one goes on for ever.
const BACK_OFF = [250, 500, 1000, 2000, 5000];
// A line that is lost this long is told; most are back before anybody looks.
const TELL_AFTER = 1500;
const SESSION_ENDED = 4401;
// After so many tries in vain it may be that nobody is logged in here any more.
const ASK_AFTER = 3;

/** The line to the desk: it opens itself again, and gets everything as it is then. */
export class Line {
  #address;
  #banner;
  #handlers = new Map();
  #socket;
  #tries = 0;
  #telling;

  constructor(address, banner) {
    this.#address = address;
    this.#banner = banner;
    // Coming back from sleep, or on line again: do not wait for the next try.
    addEventListener("online", () => this.#reopen());
    document.addEventListener("visibilitychange", () => document.hidden || this.#reopen());
  }

  on(kind, handler) {
    this.#handlers.set(kind, handler);
  }

  onOpen() {}

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#tries = 0;
      clearTimeout(this.#telling);
      this.#telling = undefined;
      this.#banner.hidden = true;
      this.onOpen();
    });
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      this.#handlers.get(frame.is)?.(frame);
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket !== this.#socket) return;
      // Who is not logged in any more is asked to; what was typed is kept.
      if (code === SESSION_ENDED) location.reload();
      else this.#tryLater();
    });
  }

  /** Send a frame; false when the line is gone. */
  send(frame) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #tryLater() {
    if (this.#tries === ASK_AFTER) this.#askWhy();
    this.#telling ??= setTimeout(() => (this.#banner.hidden = false), TELL_AFTER);
    const pause = BACK_OFF[Math.min(this.#tries, BACK_OFF.length - 1)];
    this.#tries += 1;
    // Not all pages of all coaches at the same moment.
    setTimeout(() => this.#reopen(), pause * (0.75 + Math.random() / 2));
  }

  async #askWhy() {
    const address = new URL(this.#address);
    address.protocol = location.protocol;
    const response = await fetch(address).catch(() => undefined);
    // The page itself says it better: log in, or somebody else helps this person.
    if ([401, 403].includes(response?.status)) location.reload();
  }

  #reopen() {
    if (this.#socket && this.#socket.readyState > WebSocket.OPEN) this.open();
  }
}

/** The counter's public HTTP contract, as far as the chat needs it. */

/** The counter that these files come from; the page they run on may be of another site. */
export const HOME = new URL("/", import.meta.url);
const PATH = "/api/conversations";
const CONVERSATIONS = HOME.origin + PATH;
const PATIENCE_MS = 15_000;
// Long polls wait this long on the server; the request itself gets some more time.
const WAIT_SECONDS = 20;
const STREAM_PROTOCOL = "loket.v1";

/** The server understood us and said no; `message` is Dutch and meant for the person. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** The conversation does not exist any more, or is not this person's. */
  get isGone() {
    return this.status === 401 || this.status === 404 || this.isMoved;
  }

  /** The person took the conversation along to another device or app. */
  get isMoved() {
    return this.status === 410;
  }

  /** Sending the same again later may well succeed. */
  get isPassing() {
    return this.status >= 500 || this.status === 429;
  }
}

/** Nothing came back at all. */
export class NoConnection extends Error {}

/** Open a conversation; with the token of an earlier one it is the same person's, by a code that conversation. */
export async function openConversation({ token, code } = {}) {
  const response = await call(CONVERSATIONS, { method: "POST", token, body: { channel: "website", code } });
  return response.json();
}

/** A conversation that this browser holds the token of. */
export class Conversation {
  #id;
  #address;
  #token;

  constructor({ id, token }) {
    this.#id = id;
    this.#address = `${CONVERSATIONS}/${encodeURIComponent(id)}`;
    this.#token = token;
  }

  /** Send words or a pressed button; returns the message's place in the conversation. */
  async send({ clientId, text, payload }) {
    const response = await this.#call("/messages", {
      method: "POST",
      body: { client_id: clientId, ...(payload ? { payload } : { text }) },
    });
    return (await response.json()).seq;
  }

  /** What was said after message `after`. */
  async read(after) {
    return (await this.#call(`/messages?after=${after}`)).json();
  }

  /** Likewise, but wait for news when there is none yet. */
  async wait(after, signal) {
    const path = `/messages?after=${after}&wait=${WAIT_SECONDS}`;
    return (await this.#call(path, { signal, patience: PATIENCE_MS + WAIT_SECONDS * 1000 })).json();
  }

  /** A WebSocket with everything said after message `after`, live. */
  stream(after) {
    const address = new URL(`${this.#address}/stream?after=${after}`);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    // A browser cannot set headers here, so the token travels as a subprotocol.
    return new WebSocket(address, [STREAM_PROTOCOL, `bearer.${this.#token}`]);
  }

  /** Tell whether an answer helped; a later thought takes the place of an earlier one. */
  async rate(rating) {
    await this.#call("/ratings", { method: "POST", body: rating });
  }

  /** A code to go on with this conversation elsewhere, and the ways to do so. */
  async code() {
    return (await this.#call("/code", { method: "POST" })).json();
  }

  /** Everything the counter keeps about this person. */
  async export() {
    return (await this.#call("/export")).json();
  }

  /** What a form must hold to open this person's own pages. */
  get key() {
    return { gesprek: this.#id, sleutel: this.#token };
  }

  /** Erase it; one that is gone already is fine. */
  async erase() {
    try {
      await this.#call("", { method: "DELETE" });
    } catch (error) {
      if (!(error instanceof Refusal && error.isGone)) throw error;
    }
  }

  #call(path, options = {}) {
    return call(this.#address + path, { ...options, token: this.#token });
  }
}

async function call(address, { method = "GET", token, body, signal, patience = PATIENCE_MS }) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const abort = new AbortController();
  const stop = () => abort.abort();
  const timer = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop);
  let response;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: abort.signal,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch (error) {
    throw new NoConnection(error.message);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  try {
    // A proxy in between answers in HTML, and a page of the site answers 404 without a problem document.
    const { detail } = await response.json();
    return new Refusal(response.status, detail ?? "");
  } catch {
    return new Refusal(response.status >= 500 ? response.status : 502, "");
  }
}

// Milliseconds between tries; a little chance keeps a thousand browsers from returning at once.
const PAUSES = [500, 1000, 2000, 5000, 10_000];

/** Pauses that grow, and that can be cut short. */
export class Pauses {
  #count = 0;
  #wake = () => {};

  /** Wait longer each time. */
  next() {
    const pause = PAUSES[Math.min(this.#count, PAUSES.length - 1)];
    this.#count += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause * (0.75 + Math.random() / 2));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** It went well: the next pause is short again. */
  reset() {
    this.#count = 0;
  }

  /** End the pause that is going on. */
  cutShort() {
    this.reset();
    this.#wake();
  }
}

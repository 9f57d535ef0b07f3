/**
 * What this browser remembers: which conversations are its own, and what is not sent yet.
 */
const PREFIX = "noor.";
const MAX_EARLIER = 20;
const MAX_LABELS = 50;

export class Memory {
  #storage;

  constructor() {
    try {
      // Reading already throws where the browser forbids storage.
      this.#storage = window.localStorage;
      this.#storage.getItem(PREFIX);
    } catch {
      this.#storage = new Forgetful();
    }
  }

  /** The conversation that is going on: `{id, token}`, or null. */
  get conversation() {
    return this.#read("conversation", null);
  }

  /** Make this the conversation; what was before it is kept, so that it can still be erased. */
  set conversation(opened) {
    const before = this.conversation;
    if (before) this.#write("earlier", [...this.earlier, before].slice(-MAX_EARLIER));
    this.#write("conversation", opened);
    this.#write("labels", {});
    this.#write("ratings", {});
    this.#write("seen", 0);
  }

  get earlier() {
    return this.#read("earlier", []);
  }

  /** Messages that the server has not confirmed: `{clientId, text|payload, title}`. */
  get unsent() {
    return this.#read("unsent", []);
  }

  set unsent(messages) {
    this.#write("unsent", messages);
  }

  /** What is typed and not sent. */
  get draft() {
    return this.#read("draft", "");
  }

  set draft(text) {
    this.#write("draft", text);
  }

  /** Up to where the person saw the conversation; null when that was never noted. */
  get seen() {
    return this.#read("seen", null);
  }

  set seen(seq) {
    this.#write("seen", seq);
  }

  /** What the person thinks of answers: true or false, by place in the conversation. */
  get ratings() {
    return this.#read("ratings", {});
  }

  keepRating(seq, isHelpful) {
    this.#keep("ratings", seq, isHelpful);
  }

  /** How large the letters are: 0 is ordinary. */
  get letters() {
    return this.#read("letters", 0);
  }

  set letters(step) {
    this.#write("letters", step);
  }

  /** Whether the person has read that Noor speaks Dutch. */
  get knowsLanguage() {
    return this.#read("knowsLanguage", false);
  }

  set knowsLanguage(known) {
    this.#write("knowsLanguage", known);
  }

  /** Titles of pressed buttons that the server does not know, by place in the conversation. */
  get labels() {
    return this.#read("labels", {});
  }

  keepLabel(seq, title) {
    this.#keep("labels", seq, title);
  }

  forgetConversations() {
    for (const name of ["conversation", "earlier", "labels", "ratings", "seen"]) this.#storage.removeItem(PREFIX + name);
  }

  /** Forget what came before: the counter has erased it, and the conversation that is going on is empty. */
  forgetEarlier() {
    for (const name of ["earlier", "labels", "ratings"]) this.#storage.removeItem(PREFIX + name);
  }

  /** Call back when another window of this site starts or erases the conversation, or reads on in it. */
  onChangeElsewhere({ onConversation, onSeen }) {
    const listener = (event) => {
      if (event.key === `${PREFIX}conversation`) onConversation();
      else if (event.key === `${PREFIX}seen`) onSeen();
    };
    window.addEventListener("storage", listener);
    return () => window.removeEventListener("storage", listener);
  }

  #keep(name, seq, value) {
    const kept = Object.entries({ ...this.#read(name, {}), [seq]: value }).slice(-MAX_LABELS);
    this.#write(name, Object.fromEntries(kept));
  }

  #read(name, otherwise) {
    try {
      return JSON.parse(this.#storage.getItem(PREFIX + name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  #write(name, value) {
    try {
      this.#storage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // The browser's storage is full; the conversation itself is safe on the server.
    }
  }
}

/** Stands in where the browser keeps nothing: lasts as long as the page. */
class Forgetful {
  #values = new Map();

  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  setItem(key, value) {
    this.#values.set(key, value);
  }

  removeItem(key) {
    this.#values.delete(key);
  }
}

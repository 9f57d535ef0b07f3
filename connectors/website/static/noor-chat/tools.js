import { element } from "./dom.js";
import { withLinks } from "./links.js";
import { words } from "./words.js";

const DUTCH = /^nl([-_]|$)/i;
const READ = ".bubble, h3, .card p, .facts > div, .choice";
// A little slower than people speak.
const RATE = 0.9;

/** Reads answers aloud with the voice of the device, when it has one that speaks Dutch. */
export class ReadAloud {
  #speech = window.speechSynthesis;
  #onVoice;
  #reading = null;

  /** @param {function(boolean)} onVoice called with whether there is a voice, also when that changes */
  constructor(onVoice) {
    this.#onVoice = onVoice;
  }

  start() {
    this.#speech?.addEventListener?.("voiceschanged", this.#look);
    this.#look();
  }

  stop() {
    this.#speech?.removeEventListener?.("voiceschanged", this.#look);
    this.silence();
  }

  /** Read no further. */
  silence() {
    if (this.#reading === null) return;
    this.#reading.textContent = words.readAloud;
    this.#reading = null;
    this.#speech.cancel();
  }

  /** A button that reads a message, and what the same sender said after it, aloud. */
  button(item) {
    const button = element("button", { type: "button", class: "tool read-aloud" }, words.readAloud);
    button.addEventListener("click", () => {
      const isStop = this.#reading === button;
      this.silence();
      if (!isStop) this.#read(item, button);
    });
    return button;
  }

  #read(item, button) {
    const voice = this.#voice();
    this.#reading = button;
    button.textContent = words.readStop;
    const ended = () => {
      if (this.#reading === button) this.silence();
    };
    const texts = answer(item).flatMap(spokenTexts);
    // One piece at a time: some browsers break off a long text.
    texts.forEach((text, index) => {
      const piece = new SpeechSynthesisUtterance(text);
      Object.assign(piece, { voice, lang: voice.lang, rate: RATE });
      piece.onerror = ended;
      if (index === texts.length - 1) piece.onend = ended;
      this.#speech.speak(piece);
    });
  }

  #voice() {
    // A voice that is not of the device itself sends what it reads to its maker.
    const voices = (this.#speech?.getVoices() ?? []).filter(({ lang, localService }) => DUTCH.test(lang) && localService);
    return voices.find(({ lang }) => /NL$/i.test(lang)) ?? voices[0] ?? null;
  }

  #look = () => this.#onVoice(this.#voice() !== null);
}

/** A message and those after it of the same sender. */
function answer(item) {
  const items = [];
  for (let next = item; next?.dataset.from === item.dataset.from; next = next.nextElementSibling) items.push(next);
  return items;
}

function spokenTexts(item) {
  const parts = [...item.querySelectorAll(READ)].filter((part) => part.closest("[hidden]") === null);
  return parts.map((part) => {
    const copy = part.cloneNode(true);
    for (const extra of copy.querySelectorAll(".spoken")) extra.remove();
    return copy.textContent.replace(/https?:\S+/g, "");
  });
}

/** A button that says a message in easier words, under its own; an editor wrote them. */
export function simplerButton(item, text) {
  const button = element("button", { type: "button", class: "tool", "aria-expanded": "false" }, words.simpler);
  let view = null;
  button.addEventListener("click", () => {
    // Made when it is asked for: what is added to the conversation is read aloud, once.
    if (view === null) {
      view = element("div", { class: "bubble simpler" }, element("strong", {}, `${words.simplerTitle} `), withLinks(text));
      item.querySelector(".bubble").after(view);
    } else {
      view.hidden = !view.hidden;
    }
    button.setAttribute("aria-expanded", String(!view.hidden));
  });
  return button;
}

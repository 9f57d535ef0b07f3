// In units of the text's size: under these widths the chat is arranged for a narrow column, and under
// this height the page itself scrolls, for a box that scrolls would be too small to read in.
const NARROW = 30;
const TINY = 22;
const CRAMPED = 16;
const LOW = 30;
const LOW_WHEN_CRAMPED = 48;

/**
 * Fits a panel to its room and to the size of letters the person chose.
 *
 * The page around it may have its own idea of a rem, so sizes are counted in `--rem`: what the
 * browser, and so the person, takes for ordinary text, times `scale`.
 */
export class Room {
  #panel;
  #onChange;
  #observer = new ResizeObserver(() => this.fit());
  #scale = 1;
  #rem = 16;

  constructor(panel, onChange) {
    this.#panel = panel;
    this.#onChange = onChange;
  }

  set scale(scale) {
    this.#scale = scale;
    this.#measure();
    this.fit();
  }

  start() {
    this.#measure();
    this.#observer.observe(this.#panel);
    window.addEventListener("resize", this.fit);
  }

  stop() {
    this.#observer.disconnect();
    window.removeEventListener("resize", this.fit);
  }

  fit = () => {
    const { classList, clientWidth } = this.#panel;
    const arranged = classList.value;
    classList.toggle("narrow", clientWidth < NARROW * this.#rem);
    classList.toggle("tiny", clientWidth < TINY * this.#rem);
    const isCramped = clientWidth < CRAMPED * this.#rem;
    classList.toggle("cramped", isCramped);
    classList.toggle("low", window.innerHeight < (isCramped ? LOW_WHEN_CRAMPED : LOW) * this.#rem);
    if (classList.value !== arranged) this.#onChange();
  };

  #measure() {
    const { style } = this.#panel;
    style.fontSize = "medium";
    const ordinary = parseFloat(getComputedStyle(this.#panel).fontSize) || 16;
    style.fontSize = "";
    this.#rem = ordinary * this.#scale;
    style.setProperty("--rem", `${this.#rem}px`);
  }
}

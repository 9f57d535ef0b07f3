/**
 * Canned answers: `/` at the beginning of a line opens them, typing searches, arrow keys choose,
 * Enter takes one, Esc closes. A second `/` is a real one.
 */
export class CannedAnswers {
  #desk;
  #picker;
  #input;
  #options;
  #chosen;

  constructor(desk) {
    this.#desk = desk;
    this.#picker = desk.querySelector("[data-picker]");
    this.#input = this.#picker.querySelector("input");
    this.#options = [...this.#picker.querySelectorAll("[role=option]")];
    desk.addEventListener("keydown", (event) => this.#keydown(event));
    desk.addEventListener("click", ({ target }) => {
      if (target.closest("[data-pick]")) this.#open();
      const option = target.closest("[data-picker] [role=option]");
      if (option) this.#take(option);
    });
    this.#input.addEventListener("input", () => this.#search());
  }

  get #field() {
    return this.#desk.querySelector("[data-say] textarea");
  }

  get #shown() {
    return this.#options.filter(({ hidden }) => !hidden);
  }

  #keydown(event) {
    if (event.target === this.#field && event.key === "/" && this.#isAtLineStart()) {
      event.preventDefault();
      this.#open();
    } else if (event.target === this.#input) {
      const act = {
        ArrowDown: () => this.#move(1),
        ArrowUp: () => this.#move(-1),
        Enter: () => this.#chosen && this.#take(this.#chosen),
        Escape: () => this.#close(),
        "/": this.#input.value === "" ? () => this.#insert("/") : undefined,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }
  }

  #isAtLineStart() {
    const { value, selectionStart } = this.#field;
    return selectionStart === 0 || value[selectionStart - 1] === "\n";
  }

  #open() {
    if (!this.#field) return;
    this.#picker.hidden = false;
    this.#input.value = "";
    this.#input.setAttribute("aria-expanded", "true");
    this.#search();
    this.#input.focus();
  }

  #close() {
    this.#picker.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#field?.focus();
  }

  #search() {
    const words = this.#input.value.trim().toLowerCase();
    for (const option of this.#options) option.hidden = !option.textContent.toLowerCase().includes(words);
    this.#choose(this.#shown[0]);
  }

  #move(step) {
    const shown = this.#shown;
    if (shown.length === 0) return;
    this.#choose(shown[(shown.indexOf(this.#chosen) + step + shown.length) % shown.length]);
  }

  #choose(option) {
    this.#chosen?.setAttribute("aria-selected", "false");
    this.#chosen = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #take(option) {
    this.#insert(option.querySelector("span").textContent);
  }

  #insert(text) {
    const field = this.#field;
    this.#close();
    if (!field) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

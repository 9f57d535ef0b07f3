// Milliseconds between two signs that somebody is typing.
const TYPING = 3000;

/**
 * A form whose words go over the line: the message to the person, or the note for colleagues.
 *
 * What is typed is kept until it is stored, also through a reload; what is sent is sent again, under
 * the same id, when the line was lost before it was answered.
 */
export class Composer {
  sendsWithEnter = false;
  #desk;
  #name;
  #form;
  #key;
  #line;
  #waiting;
  #typedAt = 0;

  constructor(desk, { name, form, number, line }) {
    this.#desk = desk;
    this.#name = name;
    this.#form = form;
    this.#key = `loket-${name}-${number}`;
    this.#line = line;
    this.#restore();
    // The form comes and goes with who has the person; the desk stays.
    desk.addEventListener("submit", (event) => this.#submit(event));
    desk.addEventListener("input", (event) => this.#input(event));
    desk.addEventListener("keydown", (event) => this.#keydown(event));
    new MutationObserver(() => this.#restore()).observe(desk, { childList: true, subtree: true });
  }

  onTyping() {}

  answered({ is, client_id: clientId, html }) {
    if (clientId !== this.#waiting?.client_id) return;
    const field = this.#field;
    const sent = this.#waiting.text;
    this.#waiting = undefined;
    if (is === "refused") {
      this.#show(html);
      field?.focus();
      return;
    }
    this.#show("");
    sessionStorage.removeItem(`${this.#key}-sent`);
    // Somebody may have typed on meanwhile.
    if (field && field.value.trim() === sent) field.value = "";
    this.#keep(field?.value ?? "");
  }

  sendAgain() {
    const kept = sessionStorage.getItem(`${this.#key}-sent`);
    this.#waiting ??= kept ? JSON.parse(kept) : undefined;
    if (this.#waiting) this.#line.send({ do: this.#name, ...this.#waiting });
  }

  get #element() {
    return this.#desk.querySelector(this.#form);
  }

  get #field() {
    return this.#element?.querySelector("textarea");
  }

  #submit(event) {
    if (event.target !== this.#element) return;
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || this.#waiting) return;
    this.#waiting = { text, client_id: crypto.randomUUID() };
    // A reload between sending and being answered must not say it twice, nor not at all.
    sessionStorage.setItem(`${this.#key}-sent`, JSON.stringify(this.#waiting));
    this.#typedAt = 0;
    this.#line.send({ do: this.#name, ...this.#waiting });
  }

  #input({ target }) {
    if (target !== this.#field) return;
    this.#keep(target.value);
    if (target.value.trim() && Date.now() - this.#typedAt > TYPING) {
      this.#typedAt = Date.now();
      this.onTyping();
    }
  }

  #keydown(event) {
    if (!this.sendsWithEnter || event.target !== this.#field || event.defaultPrevented) return;
    // Enter also ends a word that is being composed (IME).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#element.requestSubmit();
  }

  #keep(text) {
    if (text) sessionStorage.setItem(this.#key, text);
    else sessionStorage.removeItem(this.#key);
  }

  #restore() {
    const field = this.#field;
    if (field && !field.value && document.activeElement !== field) {
      field.value = sessionStorage.getItem(this.#key) ?? "";
    }
  }

  #show(html) {
    const place = this.#element?.querySelector("[data-error]");
    if (!place) return;
    place.innerHTML = html;
    place.hidden = !html;
    this.#field.toggleAttribute("aria-invalid", Boolean(html));
    if (html) this.#field.setAttribute("aria-invalid", "true");
  }
}

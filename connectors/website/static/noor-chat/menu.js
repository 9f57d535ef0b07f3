import { element } from "./dom.js";
import { words } from "./words.js";

/**
 * A button with a list of things to do under it.
 *
 * @param {{title: string|function(): string, onChoose: function()}[]} choices a title that changes is a function
 */
export function menuView(choices) {
  const list = element("ul", { id: "menu", class: "menu-list", hidden: true });
  const toggle = element(
    "button",
    { type: "button", class: "menu-button", "aria-expanded": "false", "aria-controls": "menu" },
    words.menu,
  );
  const view = element("div", { class: "menu" }, toggle, list);

  const names = [];
  const show = (isOpen) => {
    list.hidden = !isOpen;
    if (isOpen) for (const name of names) name();
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  for (const { title, onChoose } of choices) {
    const choose = () => {
      show(false);
      toggle.focus();
      onChoose();
    };
    const button = element("button", { type: "button", onclick: choose });
    const titleNow = typeof title === "function" ? title : () => title;
    names.push(() => (button.textContent = titleNow()));
    list.append(element("li", {}, button));
  }
  toggle.addEventListener("click", () => show(list.hidden));
  view.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    // Only the menu closes, not what it is in.
    event.stopPropagation();
    show(false);
    toggle.focus();
  });
  view.addEventListener("focusout", (event) => {
    // Safari focuses nothing on a click, so no new focus says nothing.
    if (event.relatedTarget && !view.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.composedPath().includes(view)) show(false);
  });
  return view;
}

/** A question that must be answered before the conversation leaves the screen. */
export class Confirmation {
  #answer = () => {};

  constructor() {
    const keepEscape = (event) => event.key === "Escape" && event.stopPropagation();
    this.view = element("dialog", {
      "aria-labelledby": "question",
      "aria-describedby": "consequence",
      oncancel: () => this.#answer(false),
      onkeydown: keepEscape,
    });
  }

  /**
   * Ask; resolves to true for yes.
   *
   * @param options `isFinal`: a yes cannot be taken back; `first`: something to do before one answers;
   *   `more`: what stands above the buttons; `onYes`: false keeps the question open
   */
  ask({ title, text, yes, no }, { isFinal, first, more = [], onYes = () => true } = {}) {
    this.close(false);
    this.view.replaceChildren(
      element(
        "form",
        {
          onsubmit: async (event) => {
            event.preventDefault();
            if (await onYes()) this.close(true);
          },
        },
        element("h2", { id: "question" }, title),
        element("div", { id: "consequence" }, ...[text].flat()),
        ...more,
        element(
          "div",
          { class: "dialog-buttons" },
          element("button", { type: "button", autofocus: true, onclick: () => this.close(false) }, no),
          first && element("button", { type: "button", onclick: first.onChoose }, first.title),
          yes && element("button", { class: isFinal && "final" }, yes),
        ),
      ),
    );
    this.view.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  close(answer) {
    this.view.close();
    this.#answer(answer);
  }
}

import { element } from "./dom.js";
import { words } from "./words.js";

/**
 * A button with a list of things to do under it.
 *
 * @param {{title: string, onChoose: function()}[]} choices
 */
export function menuView(choices) {
  const list = element("ul", { id: "menu", class: "menu-list", hidden: true });
  const toggle = element(
    "button",
    { type: "button", class: "menu-button", "aria-expanded": "false", "aria-controls": "menu" },
    words.menu,
  );
  const view = element("div", { class: "menu" }, toggle, list);

  const show = (isOpen) => {
    list.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  for (const { title, onChoose } of choices) {
    const choose = () => {
      show(false);
      toggle.focus();
      onChoose();
    };
    list.append(element("li", {}, element("button", { type: "button", onclick: choose }, title)));
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

/** A question that must be answered before something irreversible; resolves to true for yes. */
export class Confirmation {
  #answer = () => {};

  constructor({ title, text, yes, no }) {
    const close = (answer) => () => {
      this.view.close();
      this.#answer(answer);
    };
    const keepEscape = (event) => event.key === "Escape" && event.stopPropagation();
    this.view = element(
      "dialog",
      { "aria-labelledby": "question", "aria-describedby": "consequence", oncancel: () => this.#answer(false), onkeydown: keepEscape },
      element("h2", { id: "question" }, title),
      element("p", { id: "consequence" }, text),
      element(
        "div",
        { class: "dialog-buttons" },
        element("button", { type: "button", class: "no", autofocus: true, onclick: close(false) }, no),
        element("button", { type: "button", class: "yes", onclick: close(true) }, yes),
      ),
    );
  }

  ask() {
    this.view.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }
}

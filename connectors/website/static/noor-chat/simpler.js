import { element } from "./dom.js";
import { withLinks } from "./links.js";
import { words } from "./words.js";

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

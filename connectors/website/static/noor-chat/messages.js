import { element, spoken } from "./dom.js";
import { link, safeAddress, withLinks } from "./links.js";
import { words } from "./words.js";

let titles = 0;

/** A message as people see it. Lists have their role written out: Safari takes a list without dots for none. */
export function messageView(message, onPress) {
  const { from, text, buttons = [], cards = [] } = message;
  const item = element("li", { class: `message from-${from}`, "data-from": from });
  item.append(senderView(message));
  if (text) item.append(element("div", { class: "bubble" }, withLinks(text)));
  if (cards.length > 0) {
    item.append(element("ul", { class: "cards", role: "list" }, ...cards.map((card) => cardView(card, onPress))));
  }
  if (buttons.length > 0) item.append(buttonsView(buttons, onPress));
  return item;
}

/** Show in a person's own message how far it came: "sending", "unsent", "refused" or "" (arrived). */
export function showProgress(item, progress, explanation = "") {
  item.dataset.progress = progress;
  item.querySelector(".progress")?.remove();
  if (progress === "" || progress === "sending") return;
  const text = explanation ? `${words[progress]}. ${explanation}` : words[progress];
  item.append(element("p", { class: "progress" }, text));
}

/** Replace the words of a message; what was sent may be stored otherwise, without a BSN for example. */
export function replaceText(item, text) {
  const bubble = item.querySelector(".bubble");
  if (text && bubble && bubble.textContent !== text) bubble.replaceChildren(withLinks(text));
}

function senderView(message) {
  const { from, author } = message;
  const name = words.senderOf(message);
  // Colour and side of the bubble tell who speaks; that must be heard too.
  return from === "bot" || from === "coach"
    ? element("p", { class: "sender" }, author && faceView(author), name, spoken(":"))
    : spoken(`${name}: `);
}

/** A human's face: the first letter of the name. */
function faceView(name) {
  return element("b", { class: "face", "aria-hidden": "true" }, [...name][0]);
}

function buttonsView(buttons, onPress, describedBy = null) {
  const views = buttons.map((button) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "choice", "aria-describedby": describedBy, onclick: () => onPress(button) },
        button.title,
      ),
    ),
  );
  return element("ol", { class: "choices", role: "list", "aria-label": words.choices }, ...views);
}

function cardView(card, onPress) {
  const { title, subtitle, text, facts = [], buttons = [] } = card;
  const view = element("li", { class: "card" });
  let titleId = null;
  if (title) {
    titles += 1;
    titleId = `card-${titles}`;
    view.append(element("h3", { id: titleId }, title));
  }
  if (subtitle) view.append(element("p", { class: "subtitle" }, subtitle));
  if (text) view.append(element("p", { class: "card-text" }, withLinks(text)));
  if (facts?.length > 0) view.append(factsView(facts));
  if (card.link && safeAddress(card.link.url)) {
    view.append(element("p", { class: "card-link" }, link(card.link.title, card.link.url)));
  }
  // Three cards may each have a button "Meer weten"; its card's title tells them apart.
  if (buttons?.length > 0) view.append(buttonsView(buttons, onPress, titleId));
  return view;
}

function factsView(facts) {
  const rows = facts.map(({ label, value }) =>
    element("div", {}, element("dt", {}, label), element("dd", {}, withLinks(String(value)))),
  );
  return element("dl", { class: "facts" }, ...rows);
}

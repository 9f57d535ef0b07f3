import { adoptStyles, avatar, element, spoken } from "./dom.js";
import { Memory } from "./memory.js";
import { words } from "./words.js";

// No room for a window beside the page: the chat takes the whole screen, and the page waits.
const WHOLE_SCREEN = "(max-width: 40rem), (max-height: 32rem)";
const OPEN = "noor.open";

/**
 * The button that opens the chat on any page. Only when somebody opens it, or has a conversation
 * already, is the chat itself loaded.
 */
export class NoorLauncher extends HTMLElement {
  #chat = null;
  #loading = null;
  #count = 0;
  #wholeScreen = matchMedia(WHOLE_SCREEN);
  #badge = element("span", { class: "badge", hidden: true });
  #news = element("p", { class: "spoken", role: "status" });
  #wait = element("p", { class: "wait", role: "status" }, words.starting);
  #button = element(
    "button",
    { type: "button", class: "open", "aria-haspopup": "dialog", "aria-expanded": "false" },
    avatar(),
    element("span", {}, words.launch),
    this.#badge,
  );
  #dialog = element("dialog", { lang: "nl", "aria-label": words.launch }, this.#wait);

  constructor() {
    super();
    this.#button.addEventListener("click", () => (this.#dialog.open ? this.close() : this.open()));
    this.#dialog.addEventListener("noor-close", () => this.close());
    this.#dialog.addEventListener("noor-unread", ({ detail }) => this.#showUnread(detail));
    this.#dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.close();
    });
    this.#dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.#dialog) return;
      event.preventDefault();
      this.close();
    });
    this.#wholeScreen.addEventListener("change", () => this.#refit());
    const root = this.attachShadow({ mode: "open" });
    const region = element("section", { lang: "nl", "aria-label": words.launchRegion, hidden: true }, this.#button, this.#news);
    root.append(region, this.#dialog);
    adoptStyles(root, "theme.css", "launcher.css").then(() => (region.hidden = false));
  }

  connectedCallback() {
    if (read(OPEN) && !this.#wholeScreen.matches) {
      // The person came from another page of this site; their place on this one is theirs.
      this.#show();
      this.#load();
    } else if (new Memory().conversation) {
      this.#load();
    }
  }

  async open() {
    this.#show();
    await this.#load();
    this.#chat?.focus();
  }

  close() {
    if (!this.#dialog.open) return;
    this.#dialog.close();
    this.#chat?.rest();
    this.#button.setAttribute("aria-expanded", "false");
    write(OPEN, null);
    this.#button.focus();
  }

  #show() {
    if (this.#wholeScreen.matches) this.#dialog.showModal();
    // Unlike show(), this leaves the focus where it is.
    else this.#dialog.setAttribute("open", "");
    this.#button.setAttribute("aria-expanded", "true");
    write(OPEN, "1");
    this.#chat?.look();
  }

  /** Change between beside the page and over it, with the focus kept. */
  #refit() {
    if (!this.#dialog.open) return;
    const hadFocus = this.shadowRoot.activeElement !== null;
    this.#dialog.close();
    this.#show();
    if (hadFocus) this.#chat?.focus();
  }

  /** Load the chat once; a failure is told, and the next opening tries again. */
  #load() {
    this.#wait.textContent = words.starting;
    this.#loading ??= import("./noor-chat.js").then(
      () => {
        this.#chat = element("noor-chat", { closable: true });
        this.#dialog.replaceChildren(this.#chat);
      },
      () => {
        this.#loading = null;
        this.#wait.textContent = words.notStarted;
      },
    );
    return this.#loading;
  }

  #showUnread(count) {
    this.#badge.hidden = count === 0;
    this.#badge.replaceChildren(String(count), spoken(` ${words.unreadUnit(count)}`));
    if (count > this.#count) this.#news.textContent = words.unread(count);
    this.#count = count;
  }
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: on the next page the chat is closed.
  }
}

/** Give the page its button, unless it has a place of its own for the chat. */
function launch() {
  if (document.querySelector("noor-chat")) import("./noor-chat.js");
  else if (!document.querySelector("noor-launcher")) document.body.append(new NoorLauncher());
}

if (!customElements.get("noor-launcher")) {
  customElements.define("noor-launcher", NoorLauncher);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", launch);
  else launch();
}

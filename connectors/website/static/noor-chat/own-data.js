import { HOME } from "./api.js";
import { element } from "./dom.js";
import { withLinks } from "./links.js";
import { words } from "./words.js";

const WHEN = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat("nl-NL", { timeStyle: "short" });
// The page is read away from this site, so it brings its own few lines of style.
const STYLE =
  "body{font:1.125rem/1.6 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}" +
  "dt{font-weight:bold;margin-top:1rem}dd{margin:0;white-space:pre-line}time{font-weight:normal;color:#555}";
const PAGES = `${HOME}mijn`;

/** What is the person's own: the conversation and all that is kept, to take along, and their pages. */
export class OwnData {
  #conversation;
  #onFailure;

  /** @param {function(): Conversation|null} conversation the one that is going on */
  constructor(conversation, onFailure) {
    this.#conversation = conversation;
    this.#onFailure = onFailure;
  }

  /** The conversation as a page to read, keep and print. */
  saveConversation() {
    return this.#save(async (conversation) => {
      saveFile(words.transcript.file, "text/html", transcriptPage(await conversation.export()));
    });
  }

  /** All that the counter keeps, for programs. */
  saveAll() {
    return this.#save(async (conversation) => {
      const everything = JSON.stringify(await conversation.export(), null, 2);
      saveFile(words.transcript.dataFile, "application/json", everything);
    });
  }

  /** The person's own pages, beside the conversation; by a form, so that its token stands in no address. */
  openPages(page = "") {
    const fields = Object.entries({ ...this.#conversation()?.key, naar: page });
    const form = element(
      "form",
      { method: "post", action: PAGES, target: "_blank", hidden: true },
      ...fields.map(([name, value]) => element("input", { name, value })),
    );
    document.body.append(form);
    form.submit();
    form.remove();
  }

  /** A link to the person's own pages needs the conversation's token, which a browser does not send along. */
  followLink(event) {
    const address = event.target.closest?.("a[href]")?.href ?? "";
    if (!address.startsWith(PAGES)) return;
    event.preventDefault();
    this.openPages(address.slice(PAGES.length + 1));
  }

  async #save(work) {
    const conversation = this.#conversation();
    if (conversation === null) return;
    try {
      await work(conversation);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

/** A page that people can read, keep and print, made of what the counter exports. */
function transcriptPage({ conversations, exported_at: exportedAt }) {
  const page = document.implementation.createHTMLDocument(words.transcript.title);
  page.documentElement.lang = "nl";
  page.head.prepend(element("meta", { charset: "utf-8" }));
  page.head.append(element("style", {}, STYLE));
  page.body.append(
    element("h1", {}, words.transcript.title),
    element("p", {}, `${words.transcript.intro} ${words.transcript.made(WHEN.format(new Date(exportedAt)))}`),
  );
  for (const conversation of conversations) {
    const spoken = conversation.messages.filter(({ text, cards }) => text || cards.length > 0);
    if (spoken.length === 0) continue;
    page.body.append(
      element("h2", {}, words.transcript.conversation(WHEN.format(new Date(conversation.opened_at)))),
      element("dl", {}, ...spoken.flatMap(messageLines)),
    );
  }
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

/** Hand a file to the person. */
function saveFile(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  // Some browsers start the download only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function messageLines({ from, author, text, cards, at }) {
  const lines = [text, ...cards.flatMap(cardLines)].filter(Boolean);
  return [
    element("dt", {}, `${words.senderOf({ from, author })} `, element("time", { datetime: at }, CLOCK.format(new Date(at)))),
    element("dd", {}, withLinks(lines.join("\n"))),
  ];
}

function cardLines({ title, subtitle, text, facts, link }) {
  const rows = (facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  return ["", title, subtitle, text, ...rows, link?.url];
}

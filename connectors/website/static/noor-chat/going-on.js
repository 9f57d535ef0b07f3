import { Refusal, openConversation } from "./api.js";
import { element, spoken } from "./dom.js";
import { link } from "./links.js";
import { words } from "./words.js";

/** Takes a conversation elsewhere by a code, or brings one here. */
export class GoingOn {
  #confirmation;
  #onTaken;

  /** @param {function({id: string, token: string})} onTaken a conversation is here now */
  constructor(confirmation, onTaken) {
    this.#confirmation = confirmation;
    this.#onTaken = onTaken;
  }

  /** Show a code for a conversation, until when it works, and the ways that need no typing. */
  async show(conversation) {
    const { code, expires_at: expiresAt, ways } = await conversation.code();
    const [{ url, qr }, ...apps] = ways;
    const time = new Date(expiresAt).toLocaleTimeString("nl-NL", { timeStyle: "short" });
    // The policy of another site may allow no image of ours; then there is the code.
    const picture = element("img", { class: "qr", src: qr, alt: words.qr, onerror: () => picture.remove() });
    const text = [
      element("p", {}, words.codeHow(new URL(url).host)),
      element("p", { class: "code" }, element("span", { "aria-hidden": "true" }, code), spoken(spelled(code))),
      element("p", {}, words.codeUntil(time)),
    ];
    const links = apps.map((app) => element("p", {}, link(words.codeTo(app.channel), app.url)));
    this.#confirmation.ask({ title: words.elsewhere, text, no: words.close }, { more: [picture, ...links] });
  }

  /** Bring the conversation of a code here after a yes; `first` is to be done before losing sight of the one here. */
  bring(code, first) {
    const input = element("input", {
      id: "code",
      value: code,
      autocomplete: "off",
      autocapitalize: "characters",
      autofocus: !code,
      "aria-describedby": "code-error",
    });
    const error = element("p", { id: "code-error", class: "reason-error", role: "alert" });
    const field = element("div", { hidden: !!code }, element("label", { for: "code" }, words.code), input, error);
    const { title, text, ...answers } = words.codeQuestion;
    const question = { title: code ? words.goOnTitle : title, text: first ? text + words.goOnLoses : text, ...answers };
    this.#confirmation.ask(question, {
      first,
      more: [field],
      onYes: async () => {
        try {
          // Even if the question was closed meanwhile: the code opens nothing a second time.
          this.#onTaken(await openConversation({ code: input.value }));
          return true;
        } catch (failure) {
          field.hidden = false;
          input.setAttribute("aria-invalid", "true");
          error.textContent = (failure instanceof Refusal && failure.message) || words.failed;
          input.select();
          return false;
        }
      },
    });
  }
}

/** "BCDF-2345" letter by letter, with a rest between its groups. */
function spelled(code) {
  return [...code].join(" ").replace(" - ", ", ");
}

import { saveFile, transcriptPage } from "./transcript.js";
import { words } from "./words.js";

/** What a person takes along: the conversation, all that is kept, the skills passport. */
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

  /** The skills passport: "pdf" to read, "json" for other programs. */
  savePassport(format) {
    return this.#save(async (conversation) => {
      const file = await conversation.passport(format);
      saveFile(`${words.passportFile}.${format}`, file.type, file);
    });
  }

  /** A link to the passport needs the conversation's token, which a browser does not send along. */
  followLink(event) {
    const link = event.target.closest?.("a[href]");
    const format = link && this.#conversation()?.passportFormat(link.href);
    if (!format) return;
    event.preventDefault();
    this.savePassport(format);
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

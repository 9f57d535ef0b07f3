import { Conversation, NoConnection, Pauses, Refusal, openConversation } from "./api.js";
import { Composer } from "./composer.js";
import { adoptStyles, avatar, element } from "./dom.js";
import { GoingOn } from "./going-on.js";
import { languageNotice } from "./language-notice.js";
import { Log } from "./log.js";
import { Memory } from "./memory.js";
import { Confirmation, menuView } from "./menu.js";
import { Newsline } from "./newsline.js";
import { Outbox, newMessage } from "./outbox.js";
import { OwnData } from "./own-data.js";
import { Rating } from "./rating.js";
import { Room } from "./room.js";
import { Status } from "./status.js";
import { ReadAloud, simplerButton } from "./tools.js";
import { Unread } from "./unread.js";
import { words } from "./words.js";

const GREETING = "/groeten";
const PERSON = "/coach_spreken";
// Noor cannot hand over a file; the button that offers it asks the chat to.
const DOWNLOAD = "/gegevens_downloaden";
const BACK_FOR_MS = 4000;
// Ordinary letters, large ones and larger ones.
const SCALES = [1, 1.25, 1.5];

/**
 * The conversation with Noor: `<noor-chat></noor-chat>`. It talks to the counter that this file comes
 * from, whatever the page is of.
 *
 * With the attribute `closable` it has a button that asks, by the event `noor-close`, to put it away.
 * The event `noor-unread` tells how many messages the person has not seen.
 */
export class NoorChat extends HTMLElement {
  #memory = new Memory();
  #outbox;
  #log;
  #composer;
  #confirmation = new Confirmation();
  #readAloud = new ReadAloud((hasVoice) => this.#panel.classList.toggle("can-speak", hasVoice));
  #rating = new Rating({
    rate: async (rating) => {
      await this.#conversation?.rate(rating);
      this.#memory.keepRating(rating.seq, rating.helpful);
    },
    onTold: (text) => this.#status.tell(text, BACK_FOR_MS),
  });
  #panel;
  #room;
  #shown;
  #unread = new Unread(
    this.#memory,
    () => this.#isBeforeSomebody(),
    (count) => this.dispatchEvent(new CustomEvent("noor-unread", { detail: count, bubbles: true })),
  );
  #ownData = new OwnData(
    () => this.#conversation,
    (error) => this.#onFailure(error),
  );
  #goingOn = new GoingOn(this.#confirmation, (opened) => this.#take(opened));
  #conversation = null;
  #newsline = null;
  #isOpening = false;
  #isOnline = true;
  #isStuck = false;
  // Why there is no conversation here: it goes on elsewhere.
  #moved = "";
  // Who answers in place of Noor.
  #coach = null;
  #forgetListener = () => {};
  #subtitle = element("p", { class: "subtitle" });
  #status = new Status();
  #close = element(
    "button",
    { type: "button", class: "close", onclick: () => this.dispatchEvent(new Event("noor-close", { bubbles: true })) },
    element("i", { "aria-hidden": "true" }, "✕ "),
    element("span", {}, words.close),
  );

  constructor() {
    super();
    this.#log = new Log(
      (button) => this.ask(button),
      (item, message) => this.#tools(item, message),
    );
    this.#composer = new Composer(
      this.#memory.draft,
      (text) => this.#say({ text }),
      (draft) => {
        this.#memory.draft = draft;
        // Nobody but a coach wants to know.
        if (draft && this.#coach) this.#newsline?.tellTyping();
      },
    );
    this.#outbox = new Outbox(this.#memory, {
      onSent: (message, seq) => this.#onSent(message, seq),
      onRefused: (message, reason) => this.#log.refuse(message, reason),
      onStuck: (message, reason) => {
        this.#isStuck = true;
        this.#log.hold(message);
        this.#status.tell(reason || words.stuck);
      },
      onOffline: () => this.#onLost(),
      onGone: (error) => this.#onGone(error),
    });
    this.#log.view.addEventListener("click", (event) => this.#ownData.followLink(event));
    const panel = this.#build();
    this.#panel = panel;
    this.#room = new Room(panel, () => this.#composer.fit());
    const root = this.attachShadow({ mode: "open" });
    root.append(panel);
    this.#shown = adoptStyles(root, "theme.css", "noor-chat.css").then(() => {
      panel.hidden = false;
      this.#composer.fit();
    });
  }

  connectedCallback() {
    this.#forgetListener = this.#memory.onChangeElsewhere({
      onConversation: () => this.#onChangedElsewhere(),
      onSeen: this.#unread.look,
    });
    document.addEventListener("visibilitychange", this.#unread.look);
    this.#close.hidden = !this.hasAttribute("closable");
    this.#room.start();
    this.#room.scale = SCALES[this.#memory.letters] ?? 1;
    this.#readAloud.start();
    this.#composer.fit();
    this.#tellLanguage();
    if (this.#memory.conversation) this.#resume();
    else this.#open();
  }

  disconnectedCallback() {
    this.#forgetListener();
    document.removeEventListener("visibilitychange", this.#unread.look);
    this.#room.stop();
    this.#readAloud.stop();
    this.#leave();
  }

  /** The chat is put away: read no further. */
  rest() {
    this.#readAloud.silence();
  }

  /** The chat may have come before the person: count what they have not seen. */
  look() {
    this.#unread.look();
  }

  /** Put the person before the chat, ready to type. */
  async focus() {
    await this.#shown;
    this.scrollIntoView({ block: "nearest" });
    // On a phone the keyboard would cover the answer.
    if (matchMedia("(pointer: coarse)").matches) this.#log.view.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  /** Say for the person what a button stands for. */
  ask({ title, payload }) {
    // There already is one.
    if (payload === PERSON && this.#coach) return this.#status.tell(this.#subtitle.textContent, BACK_FOR_MS);
    if (payload === DOWNLOAD) this.#ownData.saveAll();
    this.#say({ title, payload });
  }

  /**
   * Go on here with the conversation of a code, after a yes; without a code, the person types it.
   *
   * One's own conversation stays until the code turns out to work.
   */
  async goOn(code = "") {
    await this.#shown;
    this.#goingOn.bring(code, this.#log.hasOwn ? this.#downloadFirst : null);
  }

  #build() {
    // Nothing can be done here with a conversation that is elsewhere.
    const here = (act) => () => (this.#moved ? this.#status.tell(this.#moved, BACK_FOR_MS) : act());
    const header = element(
      "header",
      {},
      avatar(),
      element("div", { class: "who" }, element("h2", { id: "title" }, words.title), this.#subtitle),
      menuView([
        { title: words.person, onChoose: () => this.ask({ title: words.person, payload: PERSON }) },
        { title: () => words.letters[this.#memory.letters], onChoose: () => this.#changeLetters() },
        { title: words.fresh, onChoose: () => this.#startAfresh() },
        { title: words.elsewhere, onChoose: here(() => this.#showCode()) },
        { title: words.withCode, onChoose: () => this.goOn() },
        { title: words.ownPages, onChoose: here(() => this.#ownData.openPages()) },
        { title: words.download, onChoose: here(() => this.#ownData.saveConversation()) },
        { title: words.downloadAll, onChoose: here(() => this.#ownData.saveAll()) },
        { title: words.erase, onChoose: here(() => this.#erase()) },
      ]),
      this.#close,
    );
    return element(
      "section",
      { class: "panel", lang: "nl", "aria-labelledby": "title", hidden: true },
      header,
      this.#log.view,
      element("div", { class: "under-log" }, this.#log.jump, this.#status.typing),
      this.#status.standing,
      this.#status.view,
      this.#composer.view,
      this.#confirmation.view,
    );
  }

  #tools(item, { from, text, simpler }) {
    const tools = from === "bot" || from === "coach" ? [this.#readAloud.button(item)] : [];
    if (text && simpler) tools.push(simplerButton(item, simpler));
    return tools;
  }

  #changeLetters() {
    this.#memory.letters = (this.#memory.letters + 1) % SCALES.length;
    this.#room.scale = SCALES[this.#memory.letters];
    this.#status.tell(words.lettersAre[this.#memory.letters], BACK_FOR_MS);
  }

  #showRating() {
    const answer = this.#log.lastAnswer();
    this.#rating.showUnder(answer, answer && this.#memory.ratings[answer.dataset.seq]);
  }

  async #tellLanguage() {
    if (this.#memory.knowsLanguage || this.#panel.querySelector(".language")) return;
    const notice = await languageNotice(
      () => this.ask({ title: words.person, payload: PERSON }),
      () => {
        this.#memory.knowsLanguage = true;
        this.focus();
      },
    );
    if (notice) this.#log.view.before(notice);
  }

  #isBeforeSomebody() {
    return !document.hidden && this.getClientRects().length > 0;
  }

  // --- one conversation after another -------------------------------------------------------

  /** Open a conversation and have Noor greet; keeps trying while there is no connection. */
  async #open({ note = null } = {}) {
    if (this.#isOpening) return;
    this.#isOpening = true;
    // One that moved is kept until there is another: so other windows hear of it as well.
    const before = this.#memory.conversation?.token;
    this.#begin();
    if (note) this.#log.note(note);
    this.#showUnsent();
    const pauses = new Pauses();
    const hurry = () => pauses.cutShort();
    window.addEventListener("online", hurry);
    while (this.isConnected && this.#isOpening && this.#memory.conversation?.token === before) {
      try {
        const opened = await openConversation();
        if (this.#isOpening) this.#memory.conversation = opened;
      } catch (error) {
        this.#onFailure(error);
        await pauses.next();
      }
    }
    window.removeEventListener("online", hurry);
    // Meanwhile the person went on with another.
    if (!this.#isOpening) return;
    this.#isOpening = false;
    if (this.isConnected) this.#join({ isNew: true });
  }

  /** Go on with the conversation this browser remembers. */
  #resume() {
    this.#begin({ isHistory: true });
    this.#join({ isNew: false });
  }

  /** A new conversation of the same person; the old one stays if this fails. */
  async #startAfresh() {
    if (this.#conversation === null) return this.#open();
    if (!(await this.#confirmation.ask(words.freshQuestion, { first: this.#downloadFirst }))) return;
    await this.#outbox.settled;
    let opened;
    try {
      opened = await openConversation({ token: this.#memory.conversation?.token });
    } catch (error) {
      return error instanceof Refusal && error.isGone ? this.#onGone(error) : this.#onFailure(error);
    }
    this.#leave();
    this.#memory.conversation = opened;
    this.#begin();
    this.#log.note(words.freshStarted);
    this.#showUnsent();
    this.#join({ isNew: true });
    this.focus();
  }

  async #showCode() {
    try {
      if (this.#conversation) await this.#goingOn.show(this.#conversation);
    } catch (error) {
      this.#onFailure(error);
    }
  }

  /** Go on with a conversation that was elsewhere. */
  async #take(opened) {
    this.#isOpening = false;
    await this.#outbox.settled;
    this.#leave();
    this.#outbox.dropOpening();
    this.#memory.conversation = opened;
    this.#resume();
    this.focus();
  }

  get #downloadFirst() {
    return { title: words.downloadFirst, onChoose: () => this.#ownData.saveConversation() };
  }

  #begin({ isHistory = false } = {}) {
    this.#moved = "";
    this.#conversation = null;
    this.#readAloud.silence();
    this.#log.clear({ isHistory });
    this.#unread.begin();
    this.#showStanding({});
  }

  #join({ isNew }) {
    const conversation = new Conversation(this.#memory.conversation);
    this.#conversation = conversation;
    if (isNew) this.#outbox.openWith(newMessage({ payload: GREETING }));
    const isCurrent = () => conversation === this.#conversation;
    this.#newsline = new Newsline(conversation, {
      // A message of one's own must have its place before it comes back as news.
      onNews: async (page) => {
        await this.#outbox.settled;
        if (isCurrent()) this.#onNews(page, { isFirst: !isNew });
        isNew = true;
      },
      onLost: () => this.#onLost(),
      onConnected: () => this.#onConnected(),
      onGone: (error) => isCurrent() && this.#onGone(error),
    });
    this.#newsline.run();
    if (isNew) this.#outbox.conversation = conversation;
  }

  #leave() {
    this.#newsline?.stop();
    this.#newsline = null;
    this.#outbox.conversation = null;
    this.#conversation = null;
    this.#status.showTyping(false);
  }

  #onGone(error) {
    if (this.#conversation === null) return;
    this.#leave();
    this.#confirmation.close(false);
    if (error.isMoved) return this.#showMoved(error.message);
    this.#memory.forgetConversations();
    this.#open({ note: words.goneStarted });
  }

  #showMoved(reason) {
    this.#begin();
    this.#moved = reason;
    this.#log.note(reason, { title: words.fresh, onPress: () => this.#open() });
    this.#showUnsent();
    this.#log.holdAll();
  }

  #onChangedElsewhere() {
    if (this.#isOpening) return;
    this.#leave();
    if (this.#memory.conversation) this.#resume();
    else this.#showErased();
  }

  // --- talking --------------------------------------------------------------------------------

  #say(said) {
    const message = newMessage(said);
    this.#log.showUnsent(message);
    this.#showRating();
    this.#outbox.add(message);
    this.#newsline?.hurry();
    if (this.#conversation === null) this.#open();
  }

  #showUnsent() {
    for (const message of this.#outbox.unsent) {
      if (message.text || message.title) this.#log.showUnsent(message);
    }
  }

  #onSent(message, seq) {
    if (message.payload && message.title) this.#memory.keepLabel(seq, message.title);
    this.#log.confirm(message, seq);
    this.#onConnected();
    if (this.#isStuck) this.#status.tell("");
    this.#isStuck = false;
  }

  #showStanding(page) {
    const text = words.standing[page.owner]?.(page) ?? "";
    this.#coach = page.coach;
    this.#subtitle.textContent = page.coach ? text : words.subtitle;
    this.#status.showStanding(text, page.queue?.place);
  }

  #onNews(page, { isFirst }) {
    const { messages, typing } = page;
    this.#log.show(messages, this.#memory.labels);
    this.#unread.add(messages);
    this.#showRating();
    this.#showStanding(page);
    this.#status.showTyping(typing, this.#coach ?? words.title);
    if (isFirst) {
      this.#showUnsent();
      this.#outbox.conversation = this.#conversation;
    } else if (messages.some(({ from }) => from === "system")) {
      this.#dropErased();
    }
  }

  /** What the counter tells by itself may be that it erased all before it: then that goes here as well. */
  async #dropErased() {
    const conversation = this.#conversation;
    let page;
    try {
      page = await conversation.read(0);
    } catch (error) {
      return this.#onFailure(error);
    }
    if (conversation !== this.#conversation) return;
    const isErased = this.#log.keepOnly(page.messages.map(({ seq }) => seq));
    if (isErased) this.#memory.forgetEarlier();
  }

  // --- connection -----------------------------------------------------------------------------

  #onLost() {
    if (this.#isOnline) this.#status.tell(words.lost);
    this.#isOnline = false;
    this.#log.holdAll();
    this.#status.showTyping(false);
  }

  #onConnected() {
    if (this.#isOnline) return;
    this.#isOnline = true;
    this.#status.tell(words.back, BACK_FOR_MS);
    this.#outbox.flush();
  }

  #onFailure(error) {
    if (error instanceof NoConnection) this.#onLost();
    else if (error instanceof Refusal) this.#status.tell(error.message || words.failed);
    else throw error;
  }

  // --- what is yours --------------------------------------------------------------------------

  async #erase() {
    if (!(await this.#confirmation.ask(words.eraseQuestion, { isFinal: true }))) return;
    const kept = [...this.#memory.earlier, this.#memory.conversation].filter(Boolean);
    // Nobody should hear of an erased conversation that it is gone.
    this.#leave();
    await this.#outbox.settled;
    try {
      for (const known of kept) await new Conversation(known).erase();
    } catch (error) {
      this.#resume();
      this.#onFailure(error);
      return;
    }
    this.#memory.forgetConversations();
    this.#outbox.clear();
    this.#showErased();
    this.#composer.focus();
  }

  #showErased() {
    this.#begin();
    this.#log.note(words.erased, { title: words.begin, onPress: () => this.#open() });
  }
}

customElements.define("noor-chat", NoorChat);

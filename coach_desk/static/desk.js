/** The coach desk, live: the page works without this, and reloads nothing with it. */

import { CannedAnswers } from "./answers.js";
import { Composer } from "./composer.js";
import { Line } from "./line.js";
import { List } from "./list.js";
import { made, sendQuietly, takePiece } from "./pieces.js";
import { Sound } from "./sound.js";
import { Talk } from "./talk.js";

// Milliseconds between two signs that this page is open.
const BEAT = 20_000;
// As much of the next list, in pixels, as tells that there are more.
const NEXT = 48;

const desk = document.querySelector(".desk");
const place = document.querySelector("[data-lines]");
showWhereOneIs(document.querySelector(".tabs"));
if (desk && place) begin();

/** On a narrow screen the lists are a row that moves sideways: show the one that is open, and some of the next. */
function showWhereOneIs(row) {
  const current = row?.querySelector("[aria-current]");
  if (current) row.scrollLeft = current.offsetLeft + current.offsetWidth + NEXT - row.offsetLeft - row.clientWidth;
  // A browser leaves what has the focus half out of view.
  row?.addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
}

function begin() {
  const number = desk.dataset.case;
  const address = new URL("/api/staff/desk", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = new URLSearchParams({
    list: place.dataset.lines,
    ...(number && { case: number, first: desk.dataset.first }),
    ...Object.fromEntries(new URLSearchParams(place.dataset.query)),
  });

  const line = new Line(address, document.querySelector("[data-banner]"));
  const list = new List(place);
  const sound = new Sound(document.querySelector("[data-sound]"));
  const talk = number ? new Talk(desk) : undefined;
  const message = number ? new Composer(desk, { name: "say", form: "[data-say]", number, line }) : undefined;
  const note = number ? new Composer(desk, { name: "note", form: "[data-note]", number, line }) : undefined;
  if (message) {
    message.sendsWithEnter = true;
    message.onTyping = () => line.send({ do: "typing" });
    new CannedAnswers(desk);
  }

  const needWord = `${desk.dataset.need} `;
  let plainTitle = document.title.replace(needWord, "").replace(/^\(\d+\) /, "");
  let attention, need;

  line.on("lists", (frame) => {
    list.take(frame);
    for (const [which, count] of Object.entries(frame.counts)) {
      for (const place of document.querySelectorAll(`[data-count="${which}"]`)) place.textContent = count;
    }
    takePiece("presence", frame.presence);
    document.title = `${frame.need > 0 ? needWord : ""}${frame.attention > 0 ? `(${frame.attention}) ` : ""}${plainTitle}`;
    if (frame.attention > attention || frame.need > need) sound.play();
    ({ attention, need } = frame);
  });
  line.on("case", (frame) => {
    talk.take(frame);
    for (const [name, piece] of Object.entries(frame.parts)) takePiece(name, piece);
  });
  line.on("lost", ({ html }) => {
    // Nothing of the person stays on the page, nor what somebody was typing to them.
    desk.querySelector(".dossier").remove();
    place.querySelector(`[data-number="${number}"]`)?.remove();
    desk.querySelector(".talk").replaceWith(made(html));
    document.title = plainTitle = "Bij iemand anders";
    document.getElementById("gesprek-kop").focus();
  });
  for (const kind of ["said", "noted", "refused"]) {
    line.on(kind, (frame) => {
      message?.answered(frame);
      note?.answered(frame);
    });
  }
  line.onOpen = () => {
    message?.sendAgain();
    note?.sendAgain();
  };
  line.open();

  watchActivity(line);
  desk.addEventListener("submit", sendQuietly);
  document.querySelector(".presence")?.closest("[data-part]").addEventListener("submit", sendQuietly);
  document.addEventListener("change", ({ target }) => {
    if (target.form?.hasAttribute("data-at-once")) target.form.requestSubmit();
  });
  document.addEventListener("keydown", goToBox);
  document.documentElement.classList.add("live");
}

/** Tell every twenty seconds that the page is open, and whether somebody did something on it. */
function watchActivity(line) {
  let isActive = false;
  const note = () => (isActive = true);
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    addEventListener(kind, note, { passive: true });
  }
  setInterval(() => {
    line.send({ do: "beat", active: isActive });
    isActive = false;
  }, BEAT);
}

/** Alt and B brings you to your message, Alt and N to your note. */
function goToBox(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const box = { KeyB: "bericht", KeyN: "notitie" }[event.code];
  const field = box && document.getElementById(box);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

import { element } from "./dom.js";

// Whose own language is not in the file most often knows this one.
const OTHERWISE = "en";

/** One sentence, of talen.json, for whoever's browser speaks another language than Noor; null when it does not. */
export async function languageNotice(onPerson, onClose) {
  const spoken = navigator.languages.map((language) => language.toLowerCase().split(/[-_]/)[0]);
  if (spoken.length === 0 || spoken[0] === "nl") return null;
  let texts;
  try {
    texts = await (await fetch(new URL("talen.json", import.meta.url))).json();
  } catch {
    // No connection: the person sees that, and this comes with the next page.
    return null;
  }
  const language = spoken.find((known) => known in texts) ?? OTHERWISE;
  // Who also reads Dutch has said so to the browser.
  if (spoken.indexOf("nl") !== -1 && spoken.indexOf("nl") < spoken.indexOf(language)) return null;
  const { tekst, mens, sluit, richting } = texts[language];
  const view = element(
    "div",
    { class: "language", lang: language, dir: richting ?? "ltr", role: "note" },
    element("p", {}, tekst),
    element("button", { type: "button", onclick: onPerson }, mens),
    element("button", { type: "button", onclick: () => { view.remove(); onClose(); } }, sluit),
  );
  return view;
}

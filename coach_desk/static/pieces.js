/** Pieces of the page that the server makes: replaced when they are different, without losing one's place. */

/** Make an element of HTML that the server wrote. */
export function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Put a new piece in its place, unless it is the one that stands there. */
export function takePiece(name, { v, html }) {
  const place = document.querySelector(`[data-part="${name}"]`);
  if (!place || place.dataset.v === v) return;
  place.dataset.v = v;
  if (place.querySelector("select:focus")) return;
  replace(place, html);
}

/** Send a form in the background, and take what changed from the page that follows. */
export async function sendQuietly(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.hasAttribute("data-quiet")) return;
  event.preventDefault();
  const trouble = document.querySelector("[data-trouble]");
  trouble.hidden = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    // Somebody else has this person since: the page itself says who.
    if (response.status === 403) return location.reload();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    // Logged out meanwhile, or something else that is no page of the desk.
    if (!page.querySelector("[data-part]")) location.assign(response.url);
    else takeFrom(page);
  } catch {
    trouble.hidden = false;
  }
}

function takeFrom(page) {
  for (const place of document.querySelectorAll("[data-part]")) {
    const newer = page.querySelector(`[data-part="${place.dataset.part}"]`);
    if (!newer || (place.dataset.v && place.dataset.v === newer.dataset.v)) continue;
    if (newer.dataset.v) place.dataset.v = newer.dataset.v;
    if (place.innerHTML !== newer.innerHTML) replace(place, newer.innerHTML);
  }
}

/** Replace what stands in a place; who was typing there types on, and the focus stays where it was. */
function replace(place, html) {
  const active = place.contains(document.activeElement) ? document.activeElement : undefined;
  const typed = new Map(
    [...place.querySelectorAll("textarea, input:not([type=hidden])")]
      .filter(({ id, value, defaultValue }) => id && value !== defaultValue)
      .map((field) => [field.id, [field.value, field.selectionStart, field.selectionEnd]]),
  );
  place.innerHTML = html;
  for (const [id, [value, start, end]] of typed) {
    const field = place.querySelector(`#${CSS.escape(id)}`);
    if (!field) continue;
    field.value = value;
    field.setSelectionRange?.(start, end);
  }
  if (active) focusAgain(place, active);
}

function focusAgain(place, active) {
  const same = active.id && place.querySelector(`#${CSS.escape(active.id)}`);
  if (same) {
    same.focus({ preventScroll: true });
    return;
  }
  // What had the focus is gone, a button that was pressed: stay near.
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

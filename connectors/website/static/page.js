import "./noor-chat/noor-chat.js";

const chat = document.querySelector("noor-chat");

/** Go on with the code in the address, which a QR code brought; nobody should find it there again. */
function goOn() {
  const code = /^#code=([\w-]{1,20})$/.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  chat.goOn(code);
}

window.addEventListener("hashchange", goOn);
goOn();

for (const tile of document.querySelectorAll("[data-payload]")) {
  tile.addEventListener("click", (event) => {
    // Without this script the tile is a link to the chat, where people read how else to reach us.
    event.preventDefault();
    chat.focus();
    chat.ask({ title: tile.textContent.trim(), payload: tile.dataset.payload });
  });
}

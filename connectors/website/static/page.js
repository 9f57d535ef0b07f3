import "./noor-chat/noor-chat.js";

const chat = document.querySelector("noor-chat");

for (const tile of document.querySelectorAll("[data-payload]")) {
  tile.addEventListener("click", (event) => {
    // Without this script the tile is a link to the chat, where people read how else to reach us.
    event.preventDefault();
    chat.focus();
    chat.ask({ title: tile.textContent.trim(), payload: tile.dataset.payload });
  });
}

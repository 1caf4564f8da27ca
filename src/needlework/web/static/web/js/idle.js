// Warns before the server locks a quiet page, and leaves the page when it has. The server locks it with or without this.
const notice = document.querySelector("[data-idle-seconds]");
const limit = Number(notice.dataset.idleSeconds);
const warning = 60;
const seen = "needlework-seen"; // shared by all tabs, so that work in one keeps the others open

const touch = () => localStorage.setItem(seen, String(Date.now()));
const left = () => Math.ceil(limit - (Date.now() - Number(localStorage.getItem(seen))) / 1000);

function look() {
  const seconds = left();
  if (seconds <= -2) location.reload(); // the server has locked by now, and says so
  notice.hidden = seconds > warning;
  const words = `${Math.max(seconds, 0)} ${seconds === 1 ? "second" : "seconds"}`;
  if (!notice.hidden) notice.querySelector("[data-idle-left]").textContent = words;
}

async function stay() {
  const answer = await fetch(notice.dataset.idleStay, { method: "HEAD", redirect: "manual" });
  if (answer.ok) touch();
  else location.reload();
  look();
}

touch();
notice.querySelector("[data-idle-button]").addEventListener("click", () => void stay());
document.addEventListener("htmx:afterRequest", touch);
setInterval(look, 1000);

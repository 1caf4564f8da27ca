// Warns before the server locks a quiet page, and leaves the page when it has. The server locks it with or without this.
const notice = document.querySelector("[data-idle-seconds]");
const warning = 60;
const seen = "needlework-seen"; // shared by all tabs, so that work in one keeps the others open

const touch = () => localStorage.setItem(seen, String(Date.now()));
const left = () => Number(notice.dataset.idleSeconds) - (Date.now() - Number(localStorage.getItem(seen))) / 1000;
const words = (seconds) => (seconds === 1 ? "1 second" : `${seconds} seconds`);

async function stay() {
  const answer = await fetch(notice.dataset.idleStay, { method: "HEAD", redirect: "manual" });
  if (answer.ok) touch();
  else location.reload();
}

function tick() {
  const seconds = Math.ceil(left());
  if (seconds < 0) {
    location.reload();
    return;
  }
  notice.hidden = seconds > warning;
  if (!notice.hidden) notice.querySelector("[data-idle-left]").textContent = words(seconds);
  setTimeout(tick, notice.hidden ? 5000 : 1000);
}

touch();
notice.querySelector("[data-idle-button]").addEventListener("click", () => void stay().then(tick));
document.addEventListener("htmx:afterRequest", touch);
tick();

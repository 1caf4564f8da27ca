// Forms answer the same without this module; with it, nothing is sent twice, and errors in a part of a page take focus.
const sent = new Map(); // each form on its way, and the button that sent it

function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, event.submitter);
  event.submitter?.setAttribute("aria-disabled", "true");
}

function allowAgain() {
  for (const button of sent.values()) button?.removeAttribute("aria-disabled");
  sent.clear();
}

async function copy(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  button.textContent = "Copied";
}

document.addEventListener("submit", sendOnce);
document.addEventListener("click", copy);
document.addEventListener("htmx:afterRequest", allowAgain);
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector("[data-summary]")?.focus());
window.addEventListener("pageshow", allowAgain); // a page that comes back from the browser's memory may be sent again
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

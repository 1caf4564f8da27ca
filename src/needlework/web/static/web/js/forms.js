// Forms answer the same without this module; with it, errors take focus after a partial answer and nothing is sent twice.
const focusSummary = (root) => root.querySelector("[data-summary]")?.focus();

const sent = new WeakSet();

function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
}

function allowAgain() {
  for (const form of document.forms) sent.delete(form);
  for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
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
document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
window.addEventListener("pageshow", allowAgain); // a page that comes back from the browser's memory may be sent again
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
focusSummary(document);
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// Says quietly how long a chosen time is still kept, and what to do when it no longer is. The clock time stands there without it.
const card = document.querySelector("[data-kept-until]");
const until = card ? Date.parse(card.dataset.keptUntil) : 0;

function tell() {
  const minutes = Math.ceil((until - Date.now()) / 60000);
  const over = minutes <= 0;
  card.querySelector("[data-kept-now]").hidden = over;
  card.querySelector("[data-kept-over]").hidden = !over;
  if (!over) card.querySelector("[data-kept-left]").textContent = minutes === 1 ? ", one more minute" : `, ${minutes} more minutes`;
}

if (card) {
  tell();
  setInterval(tell, 5000);
}

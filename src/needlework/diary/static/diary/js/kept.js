// Says quietly how long a chosen time is still kept, and what to do when it no longer is; the clock time stands there
// without it. It counts what the server said from the moment the page arrived: the phone's own clock may be wrong.
const card = document.querySelector("[data-kept-seconds]");

function tell() {
  const minutes = Math.ceil((Number(card.dataset.keptSeconds) - performance.now() / 1000) / 60);
  card.querySelector("[data-kept-now]").hidden = minutes <= 0;
  card.querySelector("[data-kept-over]").hidden = minutes > 0;
  card.querySelector("[data-kept-left]").textContent = minutes === 1 ? ", one more minute" : `, ${minutes} more minutes`;
}

if (card) {
  tell();
  setInterval(tell, 5000);
}

// Appointments are moved on their own pages; with this module also here, by drag or by keys.
import { carry, drop, held, pickUp, prepare, putBack, say, step } from "./carrying.js";
import { heads, isSecondHour, slots, table, times } from "./sheet.js";

const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const BACK = "Put back where it was.";

function onKey(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (held) return drop();
    pickUp(handle.closest("td").querySelector("[data-slot]"));
    say(`Picked up ${held.link.dataset.slot}. Arrows move it, Enter drops it, Escape puts it back.`);
  } else if (held && KEYS[event.key]) {
    event.preventDefault();
    step(...KEYS[event.key]);
  } else if (held && event.key === "Escape") {
    putBack(BACK);
  }
}

function onDragStart(event) {
  const link = event.target.closest("td")?.querySelector("[data-slot]");
  if (!link) return;
  pickUp(link);
  held.grip = event.clientY - link.closest("td").getBoundingClientRect().top;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", link.dataset.slot);
}

function onDragOver(event) {
  if (!held) return;
  const row = times.findLastIndex((time) => time.getBoundingClientRect().top <= event.clientY - held.grip);
  const column = heads.findLastIndex((head) => head.getBoundingClientRect().left <= event.clientX);
  if (row < 0 || column < 0 || isSecondHour(row)) return;
  event.preventDefault();
  carry(row, column);
}

function onDrop(event) {
  event.preventDefault();
  if (held) drop();
}

function addHandle(link) {
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "slot__handle";
  handle.dataset.handle = "";
  handle.textContent = "⠿";
  handle.setAttribute("aria-label", `Move ${link.dataset.slot}`);
  link.after(handle);
  link.closest("td").draggable = true;
  link.draggable = false;
}

if (slots.length) {
  prepare();
  slots.forEach(addHandle);
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusout", (event) => held && !held.grip && event.target.dataset.handle === "" && putBack(BACK));
  table.addEventListener("dragstart", onDragStart);
  table.addEventListener("dragover", onDragOver);
  table.addEventListener("drop", onDrop);
  table.addEventListener("dragend", () => held && putBack(BACK));
}

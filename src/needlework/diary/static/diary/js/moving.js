// Appointments are moved on their own pages; with this module also here, by drag or by keys. Nothing moves before its page confirms it.
const table = document.querySelector("[data-sheet]");
const slots = table ? [...table.querySelectorAll("[data-slot]")] : [];
const times = table ? [...table.querySelectorAll("[data-clock]")] : [];
const heads = table ? [...table.querySelectorAll("[data-key]")] : [];
const weekly = table?.dataset.sheet === "week";
const across = table?.dataset.sheet !== "room"; // which room it is, the diary chooses
const said = document.createElement("p");
const mark = document.createElement("div");
let held = null; // { link, row, column, from }

function headOf(cell) {
  return heads.findIndex((head) => cell.classList.contains([...head.classList].find((name) => /^o\d+$/.test(name))));
}

function rowOf(cell) {
  const top = cell.getBoundingClientRect().top + 2;
  return times.findLastIndex((time) => time.getBoundingClientRect().top <= top);
}

function words() {
  const place = across || weekly ? `, ${heads[held.column].querySelector("a")?.textContent.trim()}` : "";
  return `${times[held.row].dataset.clock}${place}`;
}

function say(sentence) {
  said.textContent = sentence;
}

function draw() {
  const time = times[held.row].getBoundingClientRect();
  const head = heads[held.column].getBoundingClientRect();
  const within = mark.parentElement.getBoundingClientRect();
  mark.hidden = false;
  mark.textContent = times[held.row].dataset.clock;
  mark.style.insetBlockStart = `${time.top - within.top}px`;
  mark.style.insetInlineStart = `${head.left - within.left}px`;
  mark.style.inlineSize = `${head.width}px`;
  mark.style.blockSize = `${held.link.closest("td").offsetHeight}px`;
}

function pickUp(link) {
  const cell = link.closest("td");
  held = { link, row: rowOf(cell), column: headOf(cell) };
  held.from = [held.row, held.column].join();
  cell.classList.add("slot--held");
  mark.hidden = true;
}

function putBack(sentence) {
  held.link.closest("td").classList.remove("slot--held");
  mark.hidden = true;
  held = null;
  say(sentence);
}

function drop() {
  if (held.from === [held.row, held.column].join()) return putBack("Left where it was.");
  const key = heads[held.column].dataset.key;
  const where = new URLSearchParams({ clock: times[held.row].dataset.clock });
  where.set("day", weekly ? key : table.dataset.day);
  if (!weekly && across) where.set("practitioner", key);
  say(`Dropped at ${words()}. Confirm it on the next page.`);
  location.assign(`${held.link.pathname}move/?${where}`);
}

function step(rows, columns) {
  const row = held.row + rows;
  const column = held.column + columns;
  if (!times[row] || !heads[column] || (columns && !across && !weekly)) return say("There is nothing further that way.");
  if (times[row].dataset.clock.includes(" ")) return say("Appointments begin in the first of the two hours.");
  Object.assign(held, { row, column });
  draw();
  mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(words());
}

const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

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
    putBack("Put back where it was.");
  }
}

function onDragOver(event) {
  if (!held) return;
  const row = times.findLastIndex((time) => time.getBoundingClientRect().top <= event.clientY - held.grip);
  const column = heads.findLastIndex((head) => head.getBoundingClientRect().left <= event.clientX);
  if (row < 0 || column < 0 || times[row].dataset.clock.includes(" ")) return;
  event.preventDefault();
  held.row = row;
  if (across || weekly) held.column = column;
  draw();
}

function onDragStart(event) {
  const link = event.target.closest("td")?.querySelector("[data-slot]");
  if (!link) return;
  pickUp(link);
  held.grip = event.clientY - link.closest("td").getBoundingClientRect().top;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", link.dataset.slot);
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
  said.className = "hidden";
  said.setAttribute("role", "status");
  mark.className = "sheet__mark";
  mark.hidden = true;
  table.parentElement.append(said, mark);
  slots.forEach(addHandle);
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusout", (event) => held && !held.grip && event.target.dataset.handle === "" && putBack("Put back where it was."));
  table.addEventListener("dragstart", onDragStart);
  table.addEventListener("dragover", onDragOver);
  table.addEventListener("drop", onDrop);
  table.addEventListener("dragend", () => held && putBack("Put back where it was."));
}

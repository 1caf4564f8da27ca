// One appointment that is carried over the sheet: picked up, moved, dropped or put back. Nothing moves before its page confirms it.
import { across, headOf, heads, isSecondHour, rowOf, table, times, weekly } from "./sheet.js";

export let held = null; // { link, row, column, from }
const said = document.createElement("p");
const mark = document.createElement("div");

function words() {
  const place = across ? `, ${heads[held.column].querySelector("a")?.textContent.trim()}` : "";
  return `${times[held.row].dataset.clock}${place}`;
}

export function say(sentence) {
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

export function pickUp(link) {
  const cell = link.closest("td");
  held = { link, row: rowOf(cell), column: headOf(cell) };
  held.from = [held.row, held.column].join();
  cell.classList.add("slot--held");
  mark.hidden = true;
}

export function putBack(sentence) {
  held.link.closest("td").classList.remove("slot--held");
  mark.hidden = true;
  held = null;
  say(sentence);
}

export function drop() {
  if (held.from === [held.row, held.column].join()) return putBack("Left where it was.");
  const key = heads[held.column].dataset.key;
  const where = new URLSearchParams({ clock: times[held.row].dataset.clock });
  where.set("day", weekly ? key : table.dataset.day);
  if (!weekly && across) where.set("practitioner", key);
  say(`Dropped at ${words()}. Confirm it on the next page.`);
  location.assign(`${held.link.pathname}move/?${where}`);
}

export function carry(row, column) {
  Object.assign(held, { row, column: across ? column : held.column });
  draw();
}

export function step(rows, columns) {
  const row = held.row + rows;
  const column = held.column + columns;
  if (!times[row] || !heads[column] || (columns && !across)) return say("There is nothing further that way.");
  if (isSecondHour(row)) return say("Appointments begin in the first of the two hours.");
  carry(row, column);
  mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(words());
}

export function prepare() {
  said.className = "hidden";
  said.setAttribute("role", "status");
  mark.className = "sheet__mark";
  mark.hidden = true;
  table.parentElement.append(said, mark);
}

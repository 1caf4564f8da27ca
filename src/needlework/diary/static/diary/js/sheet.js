// The diary's sheet on this page: its appointments, its clock and its columns.
export const table = document.querySelector("[data-sheet]");
export const slots = table ? [...table.querySelectorAll("[data-slot]")] : [];
export const times = table ? [...table.querySelectorAll("[data-clock]")] : [];
export const heads = table ? [...table.querySelectorAll("[data-key]")] : [];
export const weekly = table?.dataset.sheet === "week";
export const across = weekly || table?.dataset.sheet !== "room"; // which room it is, the diary chooses

export function headOf(cell) {
  return heads.findIndex((head) => cell.classList.contains([...head.classList].find((name) => /^o\d+$/.test(name))));
}

export function rowOf(cell) {
  const top = cell.getBoundingClientRect().top + 2;
  return times.findLastIndex((time) => time.getBoundingClientRect().top <= top);
}

export function isSecondHour(row) {
  return times[row].dataset.clock.includes(" ");
}

// Makes quick what works without it: keys for cards and rows, filters that apply at once.
"use strict";

const cards = () => [...document.querySelectorAll("[data-card]")].filter((card) => card.offsetParent);

function move(by) {
  const all = cards();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement?.closest("[data-card]"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function across(by) {
  const columns = [...document.querySelectorAll(".column")].filter((one) => one.querySelector("[data-card]"));
  const at = columns.indexOf(document.activeElement?.closest(".column"));
  columns[Math.min(Math.max(at + by, 0), columns.length - 1)]?.querySelector("[data-card]").focus();
}

function press(selector) {
  document.activeElement?.closest("[data-card]")?.querySelector(selector)?.click();
}

// Opens the steps of a card and goes to the first: Enter takes it, so that no key alone changes anything.
function nextStep() {
  const card = document.activeElement?.closest("[data-card]");
  const steps = card?.querySelector("details:has(.button)");
  if (steps) steps.open = true;
  card?.querySelector(".button.main, .steps .button")?.focus();
}

// Chooses the row that has the focus.
function pick() {
  press(".pick input");
}

// The box that searches everything. A list's own search goes before it for "/"; Ctrl K is always this one.
const everywhere = () => document.querySelector(".everywhere input");

// Up and down lead from the box through what was found and back; Escape empties it.
function throughFound(event) {
  const box = everywhere();
  if (!box || !event.target.closest(".everywhere")) return;
  const stops = [box, ...document.querySelectorAll(".everywhere .found a")];
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    stops[Math.min(Math.max(stops.indexOf(document.activeElement) + by, 0), stops.length - 1)].focus();
  } else if (event.key === "Escape") {
    box.value = "";
    document.querySelector(".everywhere .found").replaceChildren();
    box.focus();
  }
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && everywhere()) {
    event.preventDefault();
    const menu = document.getElementById("menu");
    if (!everywhere().offsetParent) menu?.showPopover?.();
    everywhere().select();
    everywhere().focus();
  }
  throughFound(event);
});

const keys = {
  x: pick,
  j: () => move(1),
  k: () => move(-1),
  l: () => across(1),
  h: () => across(-1),
  o: () => press("a[href]:not(.button)"),
  n: nextStep,
  "/": () => (document.querySelector("main input[type=search]") ?? everywhere())?.focus(),
  "?": () => document.getElementById("keys")?.togglePopover?.(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("change", (event) => {
  if (event.target.matches(".filters select, .filters input[type=checkbox]")) event.target.form.requestSubmit();
});

// Rows that are chosen for a step: how many, and all of the page at once.
const ticks = () => [...document.querySelectorAll(".pick input")];

function tellChosen() {
  const output = document.querySelector("[data-chosen]");
  if (!output) return;
  const chosen = ticks().filter((tick) => tick.checked).length;
  output.textContent = chosen ? `${chosen} ${output.dataset.chosen}` : "";
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all-rows]")) ticks().forEach((tick) => { tick.checked = event.target.checked; });
  if (event.target.matches("[data-all-rows], .pick input")) tellChosen();
});

document.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
tellChosen();

// A card that a step has replaced keeps the keyboard's place.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) event.target.closest?.("[data-card]")?.focus();
});

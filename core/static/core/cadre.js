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

const keys = {
  j: () => move(1),
  k: () => move(-1),
  l: () => across(1),
  h: () => across(-1),
  o: () => press("a[href]:not(.button)"),
  n: nextStep,
  "/": () => document.querySelector("input[type=search]")?.focus(),
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

// A card that a step has replaced keeps the keyboard's place.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) event.target.closest?.("[data-card]")?.focus();
});

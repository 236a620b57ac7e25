// A document: from a statement's card to its words and back, by hand or by keys. Also the undo buttons of an event.

import { adding } from "./parts/adding";
import { awaken, say, typing, undoButtons } from "./parts/api";

awaken();
undoButtons(() => location.reload());

const text = document.getElementById("text");
const cards = [...document.querySelectorAll<HTMLElement>(".card")];
const runs = text ? [...text.querySelectorAll<HTMLElement>("[data-start]")] : [];

/** Outlines the words that a card's values stand on. */
function show(card: HTMLElement | null): void {
  const spans = card ? (JSON.parse(card.dataset["spans"] ?? "[]") as [number, number][]) : [];
  for (const run of runs) {
    const start = Number(run.dataset["start"]);
    const end = start + [...(run.textContent ?? "")].length;
    run.classList.toggle("lit", spans.some(([from, to]) => from < end && start < to));
  }
  for (const one of cards) one.classList.toggle("current", one === card);
}

function words(card: HTMLElement): HTMLElement | null {
  const anchor = document.getElementById(card.id.slice("card-".length));
  return anchor?.nextElementSibling instanceof HTMLElement ? anchor.nextElementSibling : null;
}

function toWords(card: HTMLElement): void {
  const there = words(card);
  if (!there) return;
  show(card);
  there.scrollIntoView({ block: "center" });
  there.focus({ preventScroll: true });
  say(`At the words “${there.textContent ?? ""}”`);
}

function toCard(card: HTMLElement): void {
  show(card);
  card.scrollIntoView({ block: "nearest" });
  card.focus({ preventScroll: true });
}

function cardOf(element: Element | null): HTMLElement | null {
  const link = element?.closest<HTMLAnchorElement>("#text a[href^='#card-']");
  return link ? document.getElementById(link.hash.slice(1)) : null;
}

for (const card of cards) {
  card.addEventListener("mouseenter", () => show(card));
  card.addEventListener("focusin", () => show(card));
  card.querySelector("h3 a")?.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `#${card.id.slice("card-".length)}`);
    toWords(card);
  });
}

text?.addEventListener("click", (event) => {
  const card = cardOf(event.target as Element);
  if (!card) return;
  event.preventDefault();
  // Whoever selects words does not follow them.
  if (document.getSelection()?.isCollapsed === false) return;
  toCard(card);
});

document.addEventListener("keydown", (event) => {
  if (typing(event)) return;
  const now = cards.findIndex((card) => card.classList.contains("current"));
  const current = cards[now];
  if (event.key === "j" || event.key === "k") {
    const next = cards[Math.min(cards.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)))];
    if (next) toCard(next);
  } else if (event.key === "a") {
    document.getElementById("add")?.click();
  } else if (event.key === "Enter" && current && document.activeElement === current) {
    toWords(current);
  } else return;
  event.preventDefault();
});

if (text) adding(text);

function arrive(): void {
  const card = document.getElementById(`card-${decodeURIComponent(location.hash.slice(1))}`);
  if (card) toWords(card);
}
addEventListener("hashchange", arrive);
// Until then the browser itself goes to the fragment, and takes the focus away.
if (document.readyState === "complete") arrive();
else addEventListener("load", arrive);

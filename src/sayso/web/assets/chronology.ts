// The chronology: filter, timeline, map and list over one view, and the address holds the view. Everything that
// changes it goes through `go`; without this script the form and the links do the same by loading pages.

import htmx from "htmx.org";
import { byId, settled } from "./parts/dom";
import { EventMap } from "./parts/map";
import { fetchPoints, happens, isoDay, lies, parseBox, parseDay, type Box, type Days, type Points } from "./parts/points";
import { Timeline } from "./parts/timeline";

// The content security policy allows neither eval nor inline styles, and needs neither.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyEnabled = false;

// What only a script fills is shown from here on, before it is measured.
document.documentElement.classList.add("scripted");

const form = byId<HTMLFormElement>("filter");
const follow = byId<HTMLInputElement>("follow");
let view = new URLSearchParams(location.search);
let points: Points | null = null;
let asked = new AbortController();
let pointsOf: string | null = null;
// The first points are on their way since the head of the page was read.
let begun = byId<HTMLLinkElement>("drawn")?.href ?? null;

const days = (): Days | null => {
  const [first, last] = [parseDay(view.get("from"), "first"), parseDay(view.get("to"), "last")];
  return first == null && last == null ? null : [first ?? -1e6, last ?? 1e6];
};
const box = (): Box | null => parseBox(view.get("bounds"));

const timelineRoot = byId("timeline");
const mapRoot = byId("map");
const timeline = timelineRoot && new Timeline(timelineRoot, (chosen) => {
  go({ from: chosen && isoDay(chosen[0]), to: chosen && isoDay(chosen[1]) });
});
const map = mapRoot && new EventMap(
  mapRoot,
  settled(250, (moved: Box) => {
    if (follow?.checked) go({ bounds: written(moved) });
  }),
  (place) => go({ place: `"${place}"` }),
);

function written({ south, west, north, east }: Box): string {
  return [south, west, north, east].map((degrees) => degrees.toFixed(3)).join(",");
}

/** Change the view: values to set, null or "" to take one away. Any change leads back to the first page. */
function go(changes: Record<string, string | null>): void {
  view.delete("page");
  for (const [name, value] of Object.entries(changes)) {
    if (value) view.set(name, value);
    else view.delete(name);
  }
  history.pushState(null, "", `/${view.size ? "?" : ""}${view}`);
  void show();
}

async function show(): Promise<void> {
  fillForm();
  const query = view.toString();
  const list = put("#found", `/?${query}`, { select: "#found > *" });
  void showFacets();
  await Promise.all([list, showPoints()]);
}

/** Fill a part of the page with what the server gives; a request that is still under way for it is given up. */
async function put(part: string, address: string, how: { select?: string } = {}): Promise<void> {
  try {
    // Each part stands for itself (its hx-sync), where requests of one source would wait for one another. The part
    // itself stays: htmx forgets what is under way for an element that it has just put in.
    await htmx.ajax("get", address, { source: part, target: part, swap: "innerHTML", ...how });
  } catch {
    // Given up for a newer one; or the server cannot be reached, which the timeline tells.
  }
}

async function showFacets(): Promise<void> {
  await put("#facets", `/facets?${view}`);
  // On a phone they would push the list off the screen.
  if (!matchMedia("(max-width: 699px)").matches) return;
  for (const facet of document.querySelectorAll("#facets details")) facet.removeAttribute("open");
}

/** Timeline and map show what passes every filter but their own; each then lets through what the other has chosen. */
async function showPoints(): Promise<void> {
  const others = new URLSearchParams(view);
  for (const own of ["from", "to", "bounds", "page"]) others.delete(own);
  if (others.toString() !== pointsOf) {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const address = begun ?? `/points?${others}`;
    begun = null;
    try {
      const found = await fetchPoints(address, signal);
      points = found;
      pointsOf = others.toString();
      timeline?.load(found, days());
      map?.load(found, box());
    } catch (error) {
      if (signal.aborted) return;
      for (const root of [timelineRoot, mapRoot]) root?.querySelector(".summary")?.replaceChildren(String(error));
      return;
    }
  }
  const shown = points;
  if (!shown) return;
  const [time, space] = [days(), box()];
  timeline?.choose(time);
  timeline?.filter((index) => lies(shown, index, space));
  map?.filter((index) => happens(shown, index, time));
}

function fillForm(): void {
  for (const field of form?.elements ?? []) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || !field.name) continue;
    const value = view.get(field.name) ?? "";
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value !== "";
    else if (field !== document.activeElement) field.value = value;
  }
  if (follow) follow.checked = view.has("bounds");
}

function readForm(): void {
  if (!form) return;
  const given = new FormData(form);
  const changes: Record<string, string | null> = {};
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      if (field.name) changes[field.name] = String(given.get(field.name) ?? "").trim() || null;
    }
  }
  if (Object.entries(changes).some(([name, value]) => (view.get(name) || null) !== value)) go(changes);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  readForm();
});
form?.addEventListener("change", readForm);
form?.addEventListener("input", settled(400, (event: Event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === "search") readForm();
}));

follow?.addEventListener("change", () => go({ bounds: follow.checked && map ? written(map.box()) : null }));

// Links that lead to another view of this page: facets, pages, "clear".
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-view]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  view = new URLSearchParams(new URL(link.href).search);
  history.pushState(null, "", link.href);
  void show().then(() => {
    if (link.dataset["view"] === "page") byId("found")?.scrollIntoView();
  });
});

window.addEventListener("popstate", () => {
  view = new URLSearchParams(location.search);
  void show();
});

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
  button.addEventListener("click", () => {
    const factor = Number(button.dataset["zoom"]);
    if (factor) timeline?.zoom(factor);
    else timeline?.reset();
  });
}

const repaint = (): void => {
  timeline?.draw();
  map?.restyle();
};
document.addEventListener("sayso:theme", repaint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

if (follow) follow.checked = view.has("bounds");
void showFacets();
void showPoints();

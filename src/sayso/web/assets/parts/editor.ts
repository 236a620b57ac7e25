// The form of one field of a statement. Its evidence are the words selected in the text, and what Sayso recognised in
// those words fills the rest in advance.

import type { Span } from "./words";

export interface Time {
  earliest: string;
  latest: string;
  precision: string;
  basis: string;
  evidence: Span[];
}
export interface Place extends Span {
  name: string;
  latitude: number | null;
  longitude: number | null;
  kind: string | null;
  country: string | null;
  admin1: string | null;
  gazetteer_id: string | null;
  precision?: string;
}
export interface Actor extends Span {
  name: string;
  actor_id: string | null;
}
export interface Count {
  minimum: number | null;
  maximum: number | null;
  evidence: Span[];
}
export interface Statement {
  id: string;
  type: string;
  status: string;
  time: Time | null;
  place: Place | null;
  actors: Actor[];
  targets: Actor[];
  killed: Count | null;
  injured: Count | null;
  claimed_by: Span[];
}
export interface Found {
  times: (Span & { earliest: string | null; latest: string | null; precision: string | null; basis: string | null })[];
  places: Place[];
  actors: Actor[];
}
export type Field = Exclude<keyof Statement, "id">;

export const NAMES: Record<Field, string> = {
  type: "type", status: "status", time: "when", place: "where", actors: "who", targets: "to whom", killed: "killed",
  injured: "injured", claimed_by: "according to",
};

type Gazetteer = (name: string) => Promise<Omit<Place, "start" | "end" | "text" | "precision">[]>;

/** An editor in `form`, which it fills; `value` is what the person made of the field. */
export interface Editor {
  field: Field;
  take(words: Span): void;
  value(): unknown;
  reason(): string | null;
}

export function edit(form: HTMLFormElement, field: Field, now: Statement, found: Found, places: Gazetteer): Editor {
  const title = document.createElement("h3");
  title.textContent = `Edit: ${NAMES[field]}`;
  form.replaceChildren(title);
  const made = BUILDERS[field](form, field, now, found, places);
  const why = labelled("Why (may stay empty)", input("reason"));
  form.append(why, buttons(!["type", "status"].includes(field)));
  return { field, ...made, reason: () => named(form, "reason").value.trim() || null };
}

type Made = Pick<Editor, "take" | "value">;
type Builder = (form: HTMLFormElement, field: Field, now: Statement, found: Found, places: Gazetteer) => Made;

const BUILDERS: Record<Field, Builder> = {
  type: choice, status: choice, time: time, place: place, actors: actors, targets: actors, killed: count,
  injured: count, claimed_by: claim,
};

function choice(form: HTMLFormElement, field: Field, now: Statement): Made {
  const select = options(field === "type" ? "types" : "statuses", String(now[field]));
  form.append(labelled(field === "type" ? "Type" : "Status", select));
  return { take: () => undefined, value: () => select.value };
}

function time(form: HTMLFormElement, _: Field, now: Statement, found: Found): Made {
  let evidence = now.time?.evidence ?? [];
  let basis = now.time?.basis ?? "explicit";
  const shown = taken(form, evidence);
  const from = input("earliest", now.time?.earliest ?? "");
  const to = input("latest", now.time?.latest ?? "");
  from.placeholder = to.placeholder = "2016-03-27";
  const precision = options("precisions", now.time?.precision ?? "day");
  form.append(labelled("From", from), labelled("To", to), labelled("Precision", precision));
  return {
    take(words) {
      evidence = [words];
      shown(evidence);
      const known = overlapping(found.times, words).find((one) => one.earliest);
      if (!known?.earliest) return;
      from.value = known.earliest;
      to.value = known.latest ?? known.earliest;
      if (known.precision) precision.value = known.precision;
      basis = known.basis ?? "explicit";
    },
    value: () => ({
      earliest: from.value.trim(), latest: to.value.trim() || from.value.trim(), precision: precision.value, basis,
      evidence,
    }),
  };
}

function place(form: HTMLFormElement, _: Field, now: Statement, found: Found, places: Gazetteer): Made {
  let words: Span | null = now.place;
  let rest: Partial<Place> = now.place ?? {};
  const shown = taken(form, words ? [words] : []);
  const name = input("name", now.place?.name ?? "");
  const latitude = input("latitude", String(now.place?.latitude ?? ""));
  const longitude = input("longitude", String(now.place?.longitude ?? ""));
  const offered = document.createElement("div");
  offered.className = "offered";
  offered.setAttribute("role", "group");
  offered.setAttribute("aria-label", "Places of that name");
  const look = document.createElement("button");
  look.type = "button";
  look.className = "plain";
  look.textContent = "Look the name up";
  form.append(labelled("Name", name), look, offered, labelled("Latitude", latitude), labelled("Longitude", longitude));

  function choose(one: Partial<Place>): void {
    rest = one;
    name.value = one.name ?? "";
    latitude.value = String(one.latitude ?? "");
    longitude.value = String(one.longitude ?? "");
  }
  look.addEventListener("click", () => {
    places(name.value.trim()).then(
      (known) => {
        offered.replaceChildren(...known.map((one) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "plain";
          button.textContent = [one.name, one.admin1, one.country, one.kind].filter((part) => part).join(", ");
          button.addEventListener("click", () => choose(one));
          return button;
        }));
        if (!known.length) offered.textContent = "No place of that name is known. Its coordinates may stay empty.";
      },
      () => { offered.textContent = "The gazetteer cannot be asked now."; },
    );
  });
  name.addEventListener("input", () => { rest = {}; });
  return {
    take(chosen) {
      words = chosen;
      shown([chosen]);
      choose(overlapping(found.places, chosen)[0] ?? { name: chosen.text });
    },
    value() {
      if (!words) throw new Error("Select the words that name the place.");
      const degrees = (field: HTMLInputElement): number | null => field.value.trim() === "" ? null : Number(field.value);
      return {
        ...span(words), name: name.value.trim(), latitude: degrees(latitude), longitude: degrees(longitude),
        kind: rest.kind ?? null, country: rest.country ?? null, admin1: rest.admin1 ?? null,
        gazetteer_id: rest.gazetteer_id ?? null, precision: rest.precision ?? "exact",
      };
    },
  };
}

function actors(form: HTMLFormElement, field: Field, now: Statement, found: Found): Made {
  const kept = keeping(form, field === "actors" ? now.actors : now.targets, (one) => `${one.name} (“${one.text}”)`);
  const shown = taken(form, [], "To add somebody, select their words");
  const name = input("name");
  form.append(labelled("Name", name));
  let added: Actor | null = null;
  return {
    take(words) {
      const known = overlapping(found.actors, words)[0];
      added = { ...words, name: known?.name ?? words.text, actor_id: known?.actor_id ?? null };
      name.value = added.name;
      shown([words]);
    },
    value() {
      const one = added && { ...span(added), name: name.value.trim(), actor_id: name.value.trim() === added.name ? added.actor_id : null };
      return one ? [...kept(), one] : kept();
    },
  };
}

function count(form: HTMLFormElement, field: Field, now: Statement): Made {
  const before = field === "killed" ? now.killed : now.injured;
  let evidence = before?.evidence ?? [];
  const shown = taken(form, evidence);
  const least = input("minimum", String(before?.minimum ?? ""));
  const most = input("maximum", String(before?.maximum ?? ""));
  least.inputMode = most.inputMode = "numeric";
  form.append(labelled("At least", least), labelled("At most", most));
  const number = (given: HTMLInputElement): number | null => given.value.trim() === "" ? null : Number(given.value);
  return {
    take(words) {
      evidence = [words];
      shown(evidence);
      const digits = /\d[\d,]*/.exec(words.text)?.[0].replaceAll(",", "");
      if (digits) least.value = most.value = digits;
    },
    value: () => ({ minimum: number(least), maximum: number(most), evidence }),
  };
}

function claim(form: HTMLFormElement, _: Field, now: Statement): Made {
  const kept = keeping(form, now.claimed_by, (one) => `“${one.text}”`);
  const shown = taken(form, [], "To add who is cited, select their words; the nearest come first");
  let added: Span | null = null;
  return {
    take(words) {
      added = words;
      shown([words]);
    },
    value: () => (added ? [...kept(), span(added)] : kept()),
  };
}

/** A line that tells which words are taken; returns what shows others. */
function taken(form: HTMLFormElement, spans: Span[], hint = "Select the words in the text"): (spans: Span[]) => void {
  const line = document.createElement("p");
  line.className = "taken";
  line.setAttribute("role", "status");
  const show = (now: Span[]): void => {
    line.textContent = now.length ? now.map((one) => `“${one.text}”`).join(" ") : `${hint} (key w).`;
  };
  show(spans);
  form.append(line);
  return show;
}

/** A checkbox for each of `all`; returns what gives those that are kept. */
function keeping<T extends Span>(form: HTMLFormElement, all: T[], name: (one: T) => string): () => T[] {
  const boxes = all.map((one) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    const label = document.createElement("label");
    label.className = "check";
    label.append(box, name(one));
    form.append(label);
    return box;
  });
  return () => all.filter((_, at) => boxes[at]?.checked);
}

function overlapping<T extends Span>(spans: T[], words: Span): T[] {
  return spans.filter((one) => one.start < words.end && words.start < one.end);
}

function span(words: Span): Span {
  return { start: words.start, end: words.end, text: words.text };
}

function input(name: string, value = ""): HTMLInputElement {
  const made = document.createElement("input");
  made.name = name;
  made.value = value;
  made.autocomplete = "off";
  return made;
}

function named(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function labelled(words: string, field: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  label.append(words, " ", field);
  return label;
}

/** A select of the choices that the page carries under `id`. */
function options(id: string, chosen: string): HTMLSelectElement {
  const select = document.createElement("select");
  const choices = document.querySelector<HTMLTemplateElement>("#choices")?.content.getElementById(id);
  for (const one of choices?.querySelectorAll("option") ?? []) {
    select.append(new Option(one.textContent ?? "", one.value, false, one.value === chosen));
  }
  return select;
}

function buttons(clearable: boolean): HTMLParagraphElement {
  const line = document.createElement("p");
  line.className = "actions";
  const kinds = [["save", "Save"], ...(clearable ? [["clear", "Not told"]] : []), ["cancel", "Cancel"]];
  for (const [kind, words] of kinds) {
    const button = document.createElement("button");
    button.type = kind === "save" ? "submit" : "button";
    button.className = kind === "save" ? "" : "plain";
    button.dataset["form"] = kind ?? "";
    button.textContent = words ?? "";
    line.append(button, " ");
  }
  return line;
}

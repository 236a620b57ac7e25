// Review: a statement at a time, by keys or by hand. What a person decides goes to the API with the judgements that
// they knew of, so that two people at once see each other's decision instead of losing one.

import { awaken, part, Refused, say, send, told, typing, undoButtons, type Judgement } from "./parts/api";
import { edit, NAMES, type Editor, type Field, type Found, type Place, type Statement } from "./parts/editor";
import { selected, WordCursor } from "./parts/words";

const CHORD: Record<string, Field> = {
  t: "time", p: "place", w: "actors", o: "targets", d: "killed", i: "injured", y: "type", s: "status", c: "claimed_by",
};

interface Step { judgement: Judgement; withdrawn_by: string | null }

const place = document.getElementById("place");
const queue = [...document.querySelectorAll<HTMLAnchorElement>("#queue a[data-statement]")];
const made: { judgement: string; statement: string }[] = [];
let cursor: WordCursor | null = null;
let editor: Editor | null = null;
let chord = false;

const article = (): HTMLElement | null => document.getElementById("statement");
const data = (name: string): string => article()?.dataset[name] ?? "";
const statement = (): Statement => JSON.parse(data("record")) as Statement;
const pane = (): HTMLElement | null => document.getElementById("words");

// --- one statement after the other -----------------------------------------------------------------------------------

async function open(id: string, focus = true): Promise<void> {
  const assignment = data("assignment");
  const query = assignment ? `?assignment=${encodeURIComponent(assignment)}` : "";
  place?.replaceChildren(await part(`/review/statements/${encodeURIComponent(id)}${query}`));
  for (const link of queue) {
    if (link.dataset["statement"] === id) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
      history.replaceState(null, "", link.href);
    } else link.removeAttribute("aria-current");
  }
  arrive();
  if (focus) article()?.focus({ preventScroll: true });
}

function arrive(): void {
  editor = null;
  const text = pane();
  if (!text) return;
  cursor = new WordCursor(text);
  const sentence = text.querySelector<HTMLElement>(".sentence");
  if (sentence) text.scrollTop += sentence.getBoundingClientRect().top - text.getBoundingClientRect().top - 60;
}

async function step(by: number): Promise<boolean> {
  const next = queue[queue.findIndex((link) => link.dataset["statement"] === data("statement")) + by];
  if (!next) return false;
  await open(next.dataset["statement"] ?? "");
  return true;
}

function mark(id: string, state: string): void {
  const line = queue.find((link) => link.dataset["statement"] === id)?.querySelector(".state");
  if (line) line.textContent = state;
}

// --- judging ---------------------------------------------------------------------------------------------------------

interface Decision {
  kind: string;
  verdict: string;
  statements: string[];
  reason?: string | null;
  detail?: Record<string, unknown>;
  seen?: string[];
}

/** Sends a decision; true where it was taken, false where the person kept what others had decided meanwhile. */
async function judge(decision: Decision): Promise<boolean> {
  const id = data("statement");
  const body = { seen: JSON.parse(data("seen") || "[]") as string[], assignment: data("assignment") || null, ...decision };
  try {
    const taken = await send<Judgement>("POST", "/api/1/judgements", body);
    made.push({ judgement: taken.id, statement: id });
    return true;
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
    const theirs = await send<{ history: Step[] }>("GET", `/api/1/statements/${encodeURIComponent(id)}`);
    const rivals = theirs.history.map((one) => one.judgement).filter((one) => error.judgements.includes(one.id));
    const mine = await ask("Somebody judged this while you looked", rivalry(rivals, decision, error.message), "Set mine instead");
    if (!mine) {
      await open(id);
      say("Theirs was kept.");
      return false;
    }
    return judge({ ...decision, seen: [...body.seen, ...error.judgements] });
  }
}

function rivalry(theirs: Judgement[], mine: Decision, message: string): HTMLElement {
  const both = document.createElement("div");
  both.className = "columns";
  const column = (title: string, lines: string[]): HTMLElement => {
    const made = document.createElement("section");
    made.className = "position";
    const head = document.createElement("h3");
    head.textContent = title;
    made.append(head, ...lines.map((line) => {
      const words = document.createElement("p");
      words.textContent = line;
      return words;
    }));
    return made;
  };
  const lines = theirs.map((one) => `${one.user}: ${inWords(one.kind, one.verdict, one.detail["value"])}${one.reason ? ` (${one.reason})` : ""}`);
  both.append(column("Theirs", lines.length ? lines : [message]), column("Yours", [inWords(mine.kind, mine.verdict, mine.detail?.["value"])]));
  return both;
}

function inWords(kind: string, verdict: string, value: unknown): string {
  if (kind !== "edit") return `${kind} ${verdict}`;
  return `${NAMES[verdict as Field]}: ${plain(value)}`;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "not told";
  if (Array.isArray(value)) return value.map(plain).join(", ") || "nobody";
  if (typeof value !== "object") return String(value);
  const one = value as Record<string, unknown>;
  if ("earliest" in one) return one["earliest"] === one["latest"] ? String(one["earliest"]) : `${String(one["earliest"])} to ${String(one["latest"])}`;
  if ("minimum" in one) return one["minimum"] === one["maximum"] ? String(one["minimum"]) : `${String(one["minimum"] ?? "?")} to ${String(one["maximum"] ?? "?")}`;
  return String(one["name"] ?? one["text"]);
}

async function review(verdict: "accept" | "reject"): Promise<void> {
  const id = data("statement");
  if (!(await judge({ kind: "review", verdict, statements: [id] }))) return;
  const done = verdict === "accept" ? "accepted" : "rejected";
  mark(id, done);
  const further = await step(1);
  if (!further) await open(id);
  say(`${done === "accepted" ? "Accepted" : "Rejected"}.${further ? "" : " That was the last of this list."}`);
}

async function note(): Promise<void> {
  const field = document.createElement("textarea");
  field.name = "note";
  field.required = true;
  field.rows = 4;
  const label = document.createElement("label");
  label.append("What should others know? ", field);
  const given = await ask("Note", label, "Keep the note");
  if (!given) return;
  if (await judge({ kind: "note", verdict: "note", statements: [data("statement")], reason: String(given.get("note") ?? "") })) {
    await open(data("statement"));
    say("Noted.");
  }
}

async function merge(): Promise<void> {
  const given = await ask("Merge", await part(`/review/statements/${encodeURIComponent(data("statement"))}/merge`), "Merge");
  const chosen = document.querySelector<HTMLInputElement>("#asking-body input[name=event]:checked");
  if (!given || !chosen) return;
  const statements = JSON.parse(chosen.dataset["statements"] ?? "[]") as string[];
  const seen = JSON.parse(chosen.dataset["seen"] ?? "[]") as string[];
  if (await judge({ kind: "same", verdict: "same", statements, seen })) {
    await open(data("statement"));
    say("Merged: they are one event now.");
  }
}

async function split(): Promise<void> {
  const given = await ask("Split", await part(`/review/statements/${encodeURIComponent(data("statement"))}/split`), "Split");
  if (!given) return;
  const boxes = [...document.querySelectorAll<HTMLInputElement>("#asking-body input[name=statement]")];
  const groups = [true, false].map((side) => boxes.filter((box) => box.checked === side).map((box) => box.value));
  if (groups.some((group) => !group.length)) {
    say("To part them, check some of the statements and leave some unchecked.", true);
    return;
  }
  const seen = boxes.flatMap((box) => JSON.parse(box.dataset["seen"] ?? "[]") as string[]);
  if (await judge({ kind: "different", verdict: "different", statements: groups.flat(), detail: { groups }, seen })) {
    await open(data("statement"));
    say("Split: they are two events now.");
  }
}

async function undo(): Promise<void> {
  const buttons = [...(article()?.querySelectorAll<HTMLElement>("[data-undo]") ?? [])];
  const own = buttons.filter((button) => button.dataset["user"] === data("user")).at(-1)?.dataset["undo"];
  const last = made.pop() ?? (own ? { judgement: own, statement: data("statement") } : null);
  if (!last) {
    say("There is nothing of yours to undo.", true);
    return;
  }
  await send("DELETE", `/api/1/judgements/${last.judgement}`);
  mark(last.statement, "");
  try {
    await open(last.statement);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    // It was there because somebody had added it.
    location.assign(`/documents/${encodeURIComponent(data("document"))}`);
    return;
  }
  say("Taken back.");
}

// --- editing ---------------------------------------------------------------------------------------------------------

function beginEdit(field: Field): void {
  const form = document.getElementById("editor");
  if (!(form instanceof HTMLFormElement) || !data("may")) return;
  const found = JSON.parse(data("found")) as Found;
  editor = edit(form, field, statement(), found, (name) => send<Place[]>("GET", `/api/1/places?name=${encodeURIComponent(name)}`));
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  form.querySelector<HTMLElement>("input, select")?.focus();
  say(`Editing ${NAMES[field]}. ${field === "type" || field === "status" ? "" : "Select words in the text, or press Escape and w to go to them."}`);
}

function endEdit(): void {
  const form = document.getElementById("editor");
  const field = editor?.field;
  editor = null;
  if (form) form.hidden = true;
  article()?.querySelector<HTMLElement>(`[data-edit="${field ?? ""}"]`)?.focus();
}

async function save(value: unknown): Promise<void> {
  if (!editor) return;
  const { field } = editor;
  const id = data("statement");
  if (!(await judge({ kind: "edit", verdict: field, statements: [id], detail: { value }, reason: editor.reason() }))) return;
  mark(id, "edited");
  await open(id);
  say(`Set ${NAMES[field]} to ${plain(value)}.`);
}

function take(): boolean {
  const text = pane();
  const words = text && editor ? selected(text) : null;
  if (!words || !editor) return false;
  editor.take(words);
  return true;
}

// --- asking ----------------------------------------------------------------------------------------------------------

/** Asks in a dialog; what was filled in, or null where the person cancelled. */
function ask(title: string, body: Node, yes: string): Promise<FormData | null> {
  const dialog = document.getElementById("asking") as HTMLDialogElement;
  const words = (id: string, text: string): void => { document.getElementById(id)!.textContent = text; };
  words("asking-title", title);
  words("asking-yes", yes);
  document.getElementById("asking-body")?.replaceChildren(body);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      const form = dialog.querySelector("form");
      done(dialog.returnValue === "yes" && form ? new FormData(form) : null);
    }, { once: true });
  });
}

// --- keys and hands --------------------------------------------------------------------------------------------------

const ACTIONS: Record<string, () => unknown> = {
  accept: () => review("accept"), reject: () => review("reject"), merge, split, note, undo,
};
const KEYS: Record<string, () => unknown> = {
  a: () => judging("accept"), r: () => judging("reject"), m: () => judging("merge"), s: () => judging("split"),
  n: () => judging("note"), u: () => judging("undo"),
  j: async () => { if (!(await step(1))) say("That is the last of this list."); },
  k: async () => { if (!(await step(-1))) say("That is the first of this list."); },
  w: () => pane()?.focus(),
  "?": () => (document.getElementById("keys") as HTMLDialogElement).showModal(),
  e: () => {
    if (!data("may")) return;
    chord = true;
    article()?.querySelector<HTMLElement>("[data-edit]")?.focus();
    say("Edit which field? t time, p place, w who, o to whom, d killed, i injured, y type, s status, c according to.");
  },
};

function judging(action: string): unknown {
  return article()?.querySelector(`[data-do="${action}"]`) ? ACTIONS[action]?.() : undefined;
}

async function run(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    say(told(error), true);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && editor) {
    if (event.target instanceof Element && event.target.closest("dialog[open]")) return;
    if (document.activeElement?.closest("#editor")) pane()?.focus();
    else endEdit();
    return;
  }
  if (typing(event)) return;
  if (document.activeElement === pane() && inWordsPane(event)) return;
  const field = chord ? CHORD[event.key] : undefined;
  chord = false;
  const work = field ? (): void => beginEdit(field) : KEYS[event.key];
  if (!work) return;
  event.preventDefault();
  void run(work);
});

/** Keys in the text: from word to word. */
function inWordsPane(event: KeyboardEvent): boolean {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (by !== undefined) cursor?.move(by, event.shiftKey);
  else if (event.key === "Enter" && take()) document.querySelector<HTMLElement>("#editor input, #editor select")?.focus();
  else if (event.key === "Escape") article()?.focus();
  else return false;
  event.preventDefault();
  return true;
}

document.addEventListener("focusin", (event) => {
  if (event.target === pane()) cursor?.begin();
});

let settling = 0;
document.addEventListener("selectionchange", () => {
  if (!editor) return;
  window.clearTimeout(settling);
  settling = window.setTimeout(take, 120);
});

document.addEventListener("click", (event) => {
  const at = event.target instanceof Element ? event.target : null;
  const button = at?.closest<HTMLElement>("[data-do], [data-edit], [data-form]");
  const link = at?.closest<HTMLAnchorElement>("#queue a[data-statement]");
  if (button?.dataset["do"]) void run(ACTIONS[button.dataset["do"]] ?? (() => undefined));
  else if (button?.dataset["edit"]) beginEdit(button.dataset["edit"] as Field);
  else if (button?.dataset["form"] === "cancel") endEdit();
  else if (button?.dataset["form"] === "clear" && editor) {
    const empty = ["actors", "targets", "claimed_by"].includes(editor.field) ? [] : null;
    void run(() => save(empty));
  } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    void run(() => open(link.dataset["statement"] ?? ""));
  }
});

document.addEventListener("submit", (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.id !== "editor") return;
  event.preventDefault();
  void run(() => save(editor?.value()));
});

document.getElementById("finish")?.addEventListener("click", (event) => {
  const id = (event.currentTarget as HTMLElement).dataset["assignment"] ?? "";
  void run(async () => {
    await send("POST", `/api/1/assignments/${id}/finish`, {});
    location.assign("/rounds");
  });
});

awaken();
undoButtons((id) => {
  const at = made.findIndex((one) => one.judgement === id);
  if (at >= 0) made.splice(at, 1);
  void run(async () => {
    await open(data("statement"));
    say("Taken back.");
  });
});
arrive();

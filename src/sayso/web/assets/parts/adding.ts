// Adding a statement that Sayso missed: its words are selected in the text, by hand or by keys, then it gets a type and
// a status. What else it tells is set where every statement is edited.

import { send, told, type Judgement } from "./api";
import { byId } from "./dom";
import { selected, WordCursor, type Span } from "./words";

/** Lets people add statements to the document whose words `text` shows, where the page has the form for it. */
export function adding(text: HTMLElement): void {
  const [button, form] = [byId<HTMLButtonElement>("add"), byId<HTMLFormElement>("adding")];
  const [taken, problem] = [form?.querySelector(".taken"), form?.querySelector("[role=alert]")];
  if (!button || !form || !taken || !problem) return;
  let cursor = new WordCursor(text);
  let words: Span | null = null;
  // Whether the cursor stands on a word; what is selected is told later than keys are pressed.
  let placed = false;

  const take = (): boolean => {
    const now = form.hidden ? null : selected(text);
    if (!now) return false;
    words = now;
    taken.textContent = `“${now.text}”`;
    return true;
  };
  const begin = (): void => {
    form.hidden = false;
    cursor = new WordCursor(text);
    text.tabIndex = 0;
    placed = take();
    if (!placed) text.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  };
  const end = (): void => {
    form.hidden = true;
    words = null;
    text.removeAttribute("tabindex");
    button.focus();
  };
  const add = async (): Promise<void> => {
    if (!words) {
      problem.textContent = "Select the words that tell of it first.";
      return;
    }
    const given = new FormData(form);
    const statement = { type: given.get("type"), status: given.get("status"), trigger: { start: words.start, end: words.end } };
    const id = text.dataset["document"] ?? "";
    try {
      const made = await send<Judgement & { subject: string[] }>("POST", "/api/1/judgements", {
        kind: "add", verdict: "statement", statements: [id], detail: { statement },
      }); // prettier-ignore
      const query = new URLSearchParams({ document: id, all: "yes", statement: made.subject[0] ?? "" });
      location.assign(`/review?${query}`);
    } catch (error) {
      problem.textContent = told(error);
    }
  };

  button.addEventListener("click", begin);
  form.querySelector("[data-form=cancel]")?.addEventListener("click", end);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
  document.addEventListener("selectionchange", take);
  text.addEventListener("keydown", (event) => {
    if (form.hidden || event.target !== text) return;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (by !== undefined) {
      if (placed) cursor.move(by, event.shiftKey);
      else cursor.begin();
      placed = true;
    }
    else if (event.key === "Enter" && take()) form.querySelector<HTMLElement>("select")?.focus();
    else if (event.key === "Escape") end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

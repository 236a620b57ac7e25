// Writing through the API, as the page's own script may and no other site can: by a header of its own.

export interface Judgement {
  id: string;
  kind: string;
  verdict: string;
  user: string;
  reason: string | null;
  created_at: string;
  withdrawn_at: string | null;
  detail: Record<string, unknown>;
}

/** What the server refused, with what it said. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly judgements: string[],
  ) {
    super(message);
  }
}

export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "x-sayso-request": "1", accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  if (!answer.ok) throw await refusal(answer);
  return (await answer.json()) as T;
}

/** A part of a page, rendered by the server, which escapes every word of an article. */
export async function part(path: string): Promise<DocumentFragment> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Refused(answer.status, `The server refused (${answer.status}).`, []);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}

async function refusal(answer: Response): Promise<Refused> {
  let detail: unknown = null;
  try {
    detail = ((await answer.json()) as { detail: unknown }).detail;
  } catch {
    // Not from the API: the status has to tell.
  }
  if (typeof detail === "string") return new Refused(answer.status, detail, []);
  if (detail && typeof detail === "object" && "message" in detail) {
    const told = detail as { message: string; judgements?: string[] };
    return new Refused(answer.status, told.message, told.judgements ?? []);
  }
  return new Refused(answer.status, `The server refused (${answer.status}).`, []);
}

/** Tells the result of an action, to screen readers too. */
export function say(words: string, wrong = false): void {
  const line = document.getElementById("said");
  if (!line) return;
  line.textContent = words;
  line.classList.toggle("wrong", wrong);
}

export function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Shows what needs scripts. */
export function awaken(): void {
  document.documentElement.dataset["scripted"] = "yes";
}

/** Whether a key pressed there is meant for typing, or belongs to the browser. */
export function typing(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  const at = event.target;
  return at instanceof HTMLElement && at.closest("input, textarea, select, dialog[open]") !== null;
}

/** The buttons that take a judgement back. */
export function undoButtons(after: (id: string) => void): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-undo]") : null;
    const id = button?.dataset["undo"];
    if (!id) return;
    send("DELETE", `/api/1/judgements/${id}`).then(
      () => after(id),
      (error: unknown) => say(told(error), true),
    );
  });
}

// Words of a document and where they stand: characters are counted as the server counts them, by code points.

export interface Span {
  start: number;
  end: number;
  text: string;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.,:\-/][\p{L}\p{N}\p{M}]+)*/gu;

/** The offset in the document of a place in its page, whose runs carry `data-start`; null outside of them. */
function offset(node: Node, at: number): number | null {
  if (node.nodeType !== Node.TEXT_NODE) {
    const inner = node.childNodes[at] ?? node.childNodes[at - 1];
    if (!inner) return null;
    const run = inner instanceof HTMLElement ? inner : inner.parentElement;
    const start = run?.closest<HTMLElement>("[data-start]")?.dataset["start"];
    if (start === undefined) return null;
    return Number(start) + (node.childNodes[at] ? 0 : [...(inner.textContent ?? "")].length);
  }
  const run = node.parentElement?.closest<HTMLElement>("[data-start]");
  if (!run) return null;
  return Number(run.dataset["start"]) + [...(node.textContent ?? "").slice(0, at)].length;
}

/** The words selected inside `pane`, without the white space around them; null where there are none. */
export function selected(pane: HTMLElement): Span | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.commonAncestorContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  const characters = [...range.toString()];
  if (characters.length !== end - start) return null;
  const first = characters.findIndex((c) => c.trim() !== "");
  if (first < 0) return null;
  let last = characters.length;
  while (characters[last - 1]?.trim() === "") last -= 1;
  return { start: start + first, end: start + last, text: characters.slice(first, last).join("") };
}

/** Moves a selection of whole words through `pane` with the arrow keys. */
export class WordCursor {
  private readonly words: { node: Text; from: number; to: number }[] = [];
  private anchor = 0;
  private head = 0;

  constructor(private readonly pane: HTMLElement) {
    const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const found of (node.textContent ?? "").matchAll(WORD)) {
        this.words.push({ node: node as Text, from: found.index, to: found.index + found[0].length });
      }
    }
    const here = this.words.findIndex((word) => word.node.parentElement?.classList.contains("sentence"));
    this.anchor = this.head = Math.max(0, here);
  }

  /** Selects the word at the cursor, where nothing in the pane is selected yet. */
  begin(): void {
    if (!selected(this.pane)) this.show();
  }

  move(step: number, extend: boolean): void {
    this.head = Math.min(this.words.length - 1, Math.max(0, this.head + step));
    if (!extend) this.anchor = this.head;
    this.show();
  }

  private show(): void {
    const first = this.words[Math.min(this.anchor, this.head)];
    const last = this.words[Math.max(this.anchor, this.head)];
    const at = this.words[this.head];
    if (!first || !last || !at) return;
    document.getSelection()?.setBaseAndExtent(first.node, first.from, last.node, last.to);
    at.node.parentElement?.scrollIntoView({ block: "nearest" });
  }
}

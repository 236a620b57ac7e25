// What every script of the page needs to find and make elements.

/** The element with this id, or null: each page has only some of the parts. */
export function byId<T extends HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}

/** A new element with properties and children; text is text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A number as people write it: 3,464. */
export const digits = (number: number): string => number.toLocaleString("en");

/** `work`, run once after `milliseconds` in which it was not asked for again. */
export function settled<A extends unknown[]>(milliseconds: number, work: (...given: A) => void): (...given: A) => void {
  let timer = 0;
  return (...given) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => work(...given), milliseconds);
  };
}

/** The value of a colour of the stylesheet, which depends on the theme. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

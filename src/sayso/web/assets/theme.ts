// Light or dark: the system's choice, or the one made with the button. Loaded in the head of every page and not
// deferred, so that a page does not flash in the wrong theme.

const KEY = "sayso-theme";
const ROOT = document.documentElement;

function shown(): "light" | "dark" {
  const chosen = ROOT.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Browsers that keep nothing for this site: the system's choice stands.
  }
}

function choose(theme: string): void {
  ROOT.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds for this page then.
  }
  document.dispatchEvent(new CustomEvent("sayso:theme"));
}

const before = stored();
if (before === "light" || before === "dark") ROOT.dataset["theme"] = before;

document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("theme");
  if (!button) return;
  // It says what it leads to.
  const tell = (): void => {
    button.textContent = shown() === "dark" ? "Light" : "Dark";
  };
  button.hidden = false;
  tell();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  button.addEventListener("click", () => {
    choose(shown() === "dark" ? "light" : "dark");
    tell();
  });
});

export {};

// Rounds of double coding: giving documents to coders, adopting a coder's decision.

import { awaken, say, send, told } from "./parts/api";

awaken();

const form = document.getElementById("assign");
if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    assign(given).then(
      (round) => location.assign(`/rounds/one?round=${encodeURIComponent(round)}`),
      (error: unknown) => say(told(error), true),
    );
  });
}

async function assign(given: FormData): Promise<string> {
  const round = String(given.get("round") ?? "").trim();
  let documents = String(given.get("documents") ?? "").split("\n").map((line) => line.trim()).filter((line) => line);
  const lot = Number(given.get("lot") ?? 0);
  if (lot) documents = documents.concat(await send<string[]>("GET", `/api/1/lot?number=${lot}`));
  if (!documents.length) throw new Error("Name documents, or say how many to draw.");
  await send("POST", "/api/1/assignments", { round, documents: [...new Set(documents)], coders: given.getAll("coders") });
  return round;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-adopt]") : null;
  if (!button) return;
  send("POST", `/api/1/judgements/${button.dataset["adopt"] ?? ""}/adopt`, {}).then(
    () => {
      button.replaceWith("Adopted.");
      say("Adopted: it holds for everybody now.");
    },
    (error: unknown) => say(told(error), true),
  );
});

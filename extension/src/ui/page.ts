/** The elements of an own page by their ids, and what the background says. */

import type { Answer, FromUi } from "../messages";

/** The element with this id; the page has it. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

export function show(id: string, visible: boolean): void {
  byId(id).hidden = !visible;
}

/** Asks the background; a refusal is an error with words for people. */
export async function askBackground<T>(message: FromUi): Promise<T> {
  const answer = (await chrome.runtime.sendMessage(message)) as Answer<T> | undefined;
  if (!answer) throw new Error("The extension does not answer. Close this and open it again.");
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

/** A message in a box: what went well or wrong, with what can be done about it. */
export function note(id: string, tone: "success" | "danger" | "plain", text: string, ...actions: HTMLElement[]): void {
  const box = byId(id);
  box.className = tone === "plain" ? "note" : `note ${tone}`;
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  box.replaceChildren(paragraph, ...actions);
  box.hidden = false;
}

export function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}

/**
 * Whether an action comes too early: a page that is still being put together shows elements before anything listens
 * to them, and what is done to them then is lost.
 */

import type { ActionOptions } from "./types";

/** Scripts that nobody has heard of for so long, in milliseconds, are taken to have done their work. */
const settleMs = 300;
/** Milliseconds between two looks; nothing reports that a listener was attached. */
const pauseMs = 50;
/** How many resources a browser remembers, unless the page has it otherwise. */
const listLimit = 250;

/** What the browser answers by itself when it is clicked. */
const answering =
  "a[href], area[href], input:not([type=button], [type=submit], [type=image]), select, textarea, option, label, summary, " +
  "[popovertarget], [commandfor], video[controls], audio[controls], iframe, embed, object, html, body";

/** Whether the action has no effect without a listener, while the document is young. */
export function isUnsure(element: Element, { action, youngMs }: ActionOptions): boolean {
  const needs = action === "press" ? pressNeeds(element) : action === "click" && clickNeeds(element);
  return needs && isYoung(youngMs ?? settleMs);
}

function clickNeeds(element: Element): boolean {
  if (element instanceof HTMLElement && element.isContentEditable) return false;
  const control = element.closest("button, input, a[href], label, summary");
  if (control instanceof HTMLButtonElement || control instanceof HTMLInputElement) {
    if (control.matches("[popovertarget], [commandfor]") || control.closest("a[href], label")) return false;
    if (control.type === "reset") return control.form === null;
    if (control.type === "submit" || control.type === "image") return !sends(control.form, control);
    return control.type === "button";
  }
  return !control && !element.matches(answering);
}

/** Only keys that a field does not take for itself are asked about: Enter and Escape. */
function pressNeeds(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !sends(element.form, null);
  return !(element instanceof HTMLElement && element.isContentEditable) && !element.matches("a[href], button, select, textarea, summary");
}

/** A form that says where it goes means to go there; any other is most likely a script's. */
function sends(form: HTMLFormElement | null, by: Element | null): boolean {
  return !!form && (form.hasAttribute("action") || form.method === "dialog" || !!by?.hasAttribute("formaction"));
}

/**
 * Whether scripts may still be on their way: the document or one of its scripts has not loaded, or the last of them
 * came within `windowMs`.
 */
export function isYoung(windowMs: number): boolean {
  return youngFor(windowMs) > 0;
}

/** For how many milliseconds it is young, as far as that can be known: nobody knows when a script comes. */
function youngFor(windowMs: number): number {
  const scripts = [...document.scripts].filter(({ type }) => !type || type === "module" || /javascript/.test(type));
  if (scripts.length === 0) return 0;
  if (document.readyState !== "complete") return windowMs;
  const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const ends = resources.filter(isScript).map(({ responseEnd }) => responseEnd);
  const rest = Math.max(page?.loadEventEnd ?? 0, ...ends) + windowMs - performance.now();
  if (rest > 0) return rest;
  // The list of resources ends at its limit: a script that is not in it then says nothing.
  if (resources.length >= listLimit) return 0;
  const known = new Set(resources.map(({ name }) => name));
  return scripts.some(({ src }) => /^https?:/.test(src) && !known.has(src)) ? windowMs : 0;
}

/** Modules and their parts have no element of their own. */
function isScript({ initiatorType, name }: PerformanceResourceTiming): boolean {
  return initiatorType === "script" || /\.m?js(\?|$)/.test(name);
}

/** Waits a moment; answers whether the document is still young. */
export async function listening(windowMs: number): Promise<boolean> {
  const rest = youngFor(windowMs);
  if (rest <= 0) return false;
  await new Promise((resolve) => setTimeout(resolve, Math.min(rest, pauseMs)));
  return isYoung(windowMs);
}

/** When an arrival at another address is a step, and what caused it: the rules of the live view. */

import type { ArrivalEntry, Cause, Step } from "./entry";

/** An arrival this long after a step was caused by it, unless the browser knows better. */
const causedWithinMs = 10_000;

/** The last step before an arrival, and when it was last touched. */
export interface Before {
  step: Step;
  touched: number;
}

/** The step to write down; `null` when the arrival is no event of its own. */
export function arrivalStep(arrival: ArrivalEntry, before: Before | undefined): Step | null {
  const recent = before && arrival.at - before.touched < causedWithinMs ? before.step : undefined;
  const trigger = triggerOf(arrival.cause, recent);
  if (!trigger) return null;
  if (arrival.sameDocument && !countsInPage(arrival, trigger)) return null;
  // A page that refreshes itself goes nowhere.
  if (trigger === "redirect" && arrival.from === arrival.to) return null;
  return {
    type: "navigation",
    timestamp: arrival.at,
    url: arrival.from,
    from: arrival.from,
    to: arrival.to,
    navigationTrigger: trigger,
    waitUntil: "load",
  };
}

/** The toolbar decides, then what was done in the page; what nothing caused was asked for outside the page. */
function triggerOf(cause: Cause | undefined, recent: Step | undefined): string | null {
  if (cause && cause !== "redirect") return cause;
  return recent ? causedBy(recent) : (cause ?? "manual");
}

function causedBy(step: Step): string | null {
  switch (step.type) {
    case "submit":
      return "form-submit";
    case "keypress":
      return step["key"] === "Enter" ? "form-submit" : "click";
    case "click":
    case "select":
    case "drag":
    case "input":
    case "upload":
    case "hover":
      return "click";
    // A new tab brings its address itself.
    case "tab":
      return null;
    // A second hop right after the first: the page that was asked for sends on to another.
    default:
      return "redirect";
  }
}

/** A page that rewrites its address while one scrolls goes nowhere; a click that leads to another view does. */
function countsInPage({ from, to }: ArrivalEntry, trigger: string): boolean {
  return trigger !== "redirect" && trigger !== "manual" && pathAndHash(from) !== pathAndHash(to);
}

function pathAndHash(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, hash } = new URL(url);
  return pathname + hash;
}

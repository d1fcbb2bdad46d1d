/** The steps of a recording, worked out from its log. */

import { arrivalStep, type Before } from "./arrival";
import type { ArrivalEntry, ClosedEntry, Entry, OpenedEntry, Step } from "./entry";

/** A step, and the entry of the log that it came from. */
export interface Derived {
  entry: Entry;
  step: Step;
}

/** All steps in order. An entry may make none, one, or a switch of tabs and one. */
export function deriveSteps(log: readonly Entry[]): Derived[] {
  const walk = new Walk();
  for (const entry of inOrder(log)) walk.take(entry);
  return walk.steps;
}

/** Without its last step. What came after that step's entry made no step of its own, and must not begin to. */
export function withoutLastStep(log: readonly Entry[]): Entry[] {
  const last = deriveSteps(log).at(-1)?.entry;
  if (!last) return [...log];
  const ordered = inOrder(log);
  return ordered.slice(0, ordered.indexOf(last));
}

/** By time; a gesture comes before what the browser made of it in the same millisecond. */
function inOrder(log: readonly Entry[]): Entry[] {
  return [...log].sort((a, b) => a.at - b.at || Number(a.kind !== "step") - Number(b.kind !== "step"));
}

class Walk {
  readonly steps: Derived[] = [];
  private current = 0;
  private url = "";
  private readonly open = new Map<number, number | undefined>([[0, undefined]]);
  private before: Before | undefined;

  take(entry: Entry): void {
    if (entry.kind === "step") this.do(entry, entry.step, entry.touched);
    else if (entry.kind === "arrival") this.arrive(entry);
    else if (entry.kind === "opened") this.opened(entry);
    else this.close(entry);
  }

  private do(entry: Entry, step: Step, touched = entry.at): void {
    this.workIn(entry.tab, entry);
    this.url = step.url;
    this.push(entry, step, touched);
  }

  private arrive(entry: ArrivalEntry): void {
    // What another tab does while nobody looks is no step.
    if (entry.tab !== this.current && !isByPerson(entry.cause)) return;
    const step = arrivalStep(entry, this.before);
    if (!step) return;
    this.do(entry, step);
    this.url = entry.to;
  }

  private opened(entry: OpenedEntry): void {
    this.open.set(entry.tab, entry.opener);
    this.push(entry, { ...this.tabStep("new", entry), targetUrl: entry.url });
    this.current = entry.tab;
  }

  /** People change tabs without telling; what they do there tells. */
  private workIn(tab: number, entry: Entry): void {
    if (tab === this.current) return;
    this.push(entry, { type: "tab", timestamp: entry.at, url: this.url, event: "switch", index: tab, trigger: "manual" });
    this.current = tab;
  }

  private close(entry: ClosedEntry): void {
    const opener = this.open.get(entry.tab);
    if (!this.open.delete(entry.tab)) return;
    // With the last tab the recording has ended by itself.
    if (this.open.size === 0) return;
    this.push(entry, this.tabStep("close", entry));
    if (entry.tab === this.current) this.current = opener !== undefined && this.open.has(opener) ? opener : Math.max(...this.open.keys());
  }

  private tabStep(event: string, entry: OpenedEntry | ClosedEntry): Step {
    return { type: "tab", timestamp: entry.at, url: this.url, event, index: entry.tab, trigger: entry.trigger };
  }

  private push(entry: Entry, step: Step, touched = entry.at): void {
    this.steps.push({ entry, step });
    this.before = { step, touched };
  }
}

function isByPerson(cause: string | undefined): boolean {
  return cause === "manual" || cause === "back" || cause === "forward";
}

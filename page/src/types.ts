/** The JSON shapes that cross the border between the page bundle and its callers. */

import type { Healed, HealOptions } from "./heal";

/** One way to find an element; a step carries several, best first. */
export interface Selector {
  strategy: string;
  /** A string, except for the recorder extension's `position`, which may be `{parent, index}`. */
  value: string | { parent: string; index: number };
  context?: string;
  priority?: number;
  confidence?: number;
}

/** A point in the frame's own viewport, in CSS pixels. */
export interface Point {
  x: number;
  y: number;
}

/** A rectangle in the frame's own viewport, in CSS pixels. */
export interface Box extends Point {
  width: number;
  height: number;
}

/** What the caller is about to do; it decides which conditions have to hold. */
export type Action = "click" | "hover" | "fill" | "check" | "select" | "press" | "drag" | "upload" | "focus";

/** Why an element cannot be acted on. */
export type Reason =
  | "not-found"
  | "not-unique"
  | "hidden"
  | "unstable"
  | "disabled"
  | "readonly"
  | "covered"
  | "outside-viewport"
  | "option-not-found"
  | "invalid-value"
  /** Pictures in the element are still loading; never the last word, because they are waited for only so long. */
  | "loading";

/** How many elements one selector matched, for the error message of a failed step. */
export interface Tried {
  strategy: string;
  value: Selector["value"];
  count: number;
  /** The matches only contain what the selector says. */
  loosened?: boolean;
  error?: string;
}

/** The list item that a recorded element belonged to, by its content (see `signature.ts`). */
export interface ContentSignature {
  elementType?: string;
  listContainer?: string | { selector?: string; itemSelector?: string };
  contentFingerprint?: Record<string, unknown>;
  fallbackPosition?: number;
  [extra: string]: unknown;
}

/** What the recorder saw of the element itself, whatever the selectors say. */
export interface Recorded {
  /** The element's name, `button`. */
  tag?: string;
  /** Its text, or the name of a field. */
  text?: string;
  /** Its whole name, where the recording has it: it counts instead of the text, which may be only a sign. */
  name?: string;
  /** Whether each selector named this element alone. */
  unique?: boolean;
  /** Type of an `<input>`. */
  inputType?: string;
  /** Whether a `<select>` took several options. */
  multiple?: boolean;
}

export interface ActionOptions {
  action: Action;
  /** Where in the element's box to act, 0..1 of its width and height; the middle when absent. */
  position?: Point;
  /** Milliseconds; 0 tries once. */
  timeoutMs?: number;
  signature?: ContentSignature;
  /** What was recorded; an element that only its place speaks for has to look like it. */
  was?: Recorded;
  /** Allows another element than the selectors name when they name none; absent, nothing is healed. */
  heal?: HealOptions | null;
  /** For how many milliseconds the pictures in the element are waited for; not at all when absent. */
  picturesMs?: number;
  /** For how many milliseconds after its last script a page is taken to be unfinished; 300 when absent. */
  youngMs?: number;
  /** Skips the enabled, stable and covered conditions. */
  force?: boolean;
  /** For how many milliseconds something may lie over the element before its way out is told; to the end when absent. */
  coveredMs?: number;
}

/** How a person would get rid of what lies over an element. */
export interface WayOut {
  /** The control in words, or the key Escape. */
  by: string;
  /** Where the control is pressed, in the frame's own viewport; without one the key is. */
  point?: Point;
}

export interface Ready {
  ok: true;
  index: number;
  selector: Selector;
  point: Point;
  box: Box;
  tag: string;
  type?: string;
  editable: boolean;
  checked?: boolean;
  /** Set when no selector found anything and this element took the place. */
  healed?: Healed;
  /** The action has no effect without a listener, and scripts may still be on their way that attach one. */
  unsure?: true;
  retries: number;
  waitedMs: number;
  waits: string[];
}

export interface Failed {
  ok: false;
  reason: Reason;
  detail: string;
  tried: Tried[];
  coveredBy?: string;
  /** How what covers it could be closed. */
  wayOut?: WayOut;
  /** Why no other element was taken instead. */
  notHealed?: string;
  retries: number;
  waitedMs: number;
  waits: string[];
}

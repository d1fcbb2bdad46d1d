/**
 * The log of a recording: what the pages' recorders and the browser reported, as it came. The steps are worked out from
 * it (`steps.ts`), because what a report means may depend on one that arrives a moment later.
 */

/** One way to find an element, as the page's recorder ranks them. */
export interface Selector {
  strategy: string;
  value: string;
  [extra: string]: unknown;
}

/** A frame on the way to an element. */
export interface FrameRef {
  selectors: Selector[];
  url?: string;
}

/** A step of the recording format. */
export interface Step {
  type: string;
  /** Milliseconds since the recording started. */
  timestamp: number;
  url: string;
  completedAt?: number;
  selectors?: Selector[];
  frames?: FrameRef[];
  [extra: string]: unknown;
}

interface Common {
  /** When it was reported, in milliseconds since the recording started; the log is read in this order. */
  at: number;
  /** The tab's number in the recording. */
  tab: number;
}

/** A gesture that a page's recorder saw, or a check that somebody added. */
export interface StepEntry extends Common {
  kind: "step";
  /** Which emission of which frame it is, so that a newer version replaces it. */
  emit: string;
  /** When its newest version came, in milliseconds since the recording started. */
  touched: number;
  step: Step;
}

/** How somebody got to an address without doing anything in the page. */
export type Cause = "manual" | "back" | "forward" | "redirect";

/** A tab shows another address. */
export interface ArrivalEntry extends Common {
  kind: "arrival";
  from: string;
  to: string;
  /** The document stayed. */
  sameDocument: boolean;
  /** What the browser says of it; without one, what was done last in the page caused it. */
  cause?: Cause;
}

/** A tab was opened: by a page, or by a person. */
export interface OpenedEntry extends Common {
  kind: "opened";
  url: string;
  trigger: "popup" | "manual";
  /** The number of the tab that opened it. */
  opener?: number;
}

/** A tab was closed. */
export interface ClosedEntry extends Common {
  kind: "closed";
  trigger: "page" | "manual";
}

export type Entry = StepEntry | ArrivalEntry | OpenedEntry | ClosedEntry;

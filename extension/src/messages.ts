/** What the parts of the extension say to each other. Pages are no part of it: nothing here is reachable for their scripts. */

import type { Picked } from "@/features/live/protocol.ts";
import type { FrameRef, Step } from "./recording/entry";

export type Phase = "idle" | "recording" | "paused" | "stopped";

/** From the script in a page to the background. Everything in it is read again there. */
export type FromPage =
  | { from: "page"; kind: "hello"; way: number[] }
  | { from: "page"; kind: "emission"; emission: unknown; way: number[] }
  | { from: "page"; kind: "picked"; picked: unknown; way: number[] }
  | { from: "page"; kind: "pickCancelled" };

/** The answer to `hello`: what the script shall do in its document. */
export interface Orders {
  phase: Phase;
  picking: boolean;
}

/** From the background to the script in a page. */
export type ToPage =
  | { to: "page"; kind: "begin" | "pause" | "resume" | "settle" | "stop" | "pick" | "unpick" }
  | { to: "page"; kind: "describeFrame"; index: number };

/** From the popup and the options page to the background. */
export type FromUi = { from: "ui" } & (
  | { command: "state" | "pause" | "resume" | "stop" | "undo" | "pick" | "unpick" | "dropCheck" | "discard" | "document" | "upload" }
  | { command: "start" }
  | { command: "rename"; name: string }
  | { command: "addCheck"; check: CheckChoice }
  | { command: "mark"; field: string; name: string }
  | { command: "unmark"; field: string }
  | { command: "testConnection"; server: string; token: string }
);

export interface CheckChoice {
  kind: string;
  expected?: string;
  negated: boolean;
}

/** The background's answer to the popup. */
export type Answer<T = unknown> = { ok: true; value: T } | { ok: false; message: string };

/** What became of an upload. */
export type Upload =
  | { state: "sending"; server: string }
  | { state: "done"; server: string; url: string; already: boolean }
  | { state: "failed"; server: string; message: string; settings: boolean };

/** An element that was pointed at and waits for its check. */
export interface PickedElement {
  picked: Picked;
  frames: FrameRef[];
  tab: number;
  at: number;
  url: string;
  title: string;
}

export interface StepView {
  step: Step;
  /** Its field, where its value can be made a variable or is one that a person made. */
  field: string | null;
  marked: boolean;
  suggestedName: string;
}

/** All that the popup shows. */
export interface State {
  phase: Phase;
  name: string;
  steps: StepView[];
  picking: boolean;
  pending: PickedElement | null;
  upload: Upload | null;
  server: string | null;
  /** The page that would be recorded now, or why none can be. */
  page: { title: string; url: string; recordable: boolean; recorded: boolean };
  problem: string | null;
}

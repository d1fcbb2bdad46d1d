/** The words that a viewer and a session exchange: JSON tagged by `t`, and binary frames beside them. */

import type { Selector } from "@/api/types.ts";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface TabState {
  index: number;
  title: string;
  url: string;
  loading: boolean;
  active: boolean;
  favicon?: string;
  error?: { code: string; text: string; detail?: string };
}

export interface ViewportState {
  width: number;
  height: number;
  deviceScaleFactor: number;
  mobile: boolean;
  touch: boolean;
  preset?: string;
}

/** Something that the browser cannot do, or with a limit only. */
export interface BrowserLimit {
  key: string;
  name: string;
  says: string;
  partly: boolean;
}

export interface LiveState {
  id: string;
  status: "starting" | "live" | "stopping" | "stopped" | "crashed";
  tabs: TabState[];
  viewport: ViewportState;
  viewers: { id: string; name: string; me?: boolean }[];
  control: { viewer: string | null; name?: string | null };
  recording: { state: "idle" | "recording" | "paused"; steps: number };
  dialog?: { kind: string; message: string; defaultValue: string; tab?: number };
  fileChooser?: { multiple: boolean; accept?: string };
  cast: { fps: number; quality: number };
  highlight: boolean;
  browser: { name: string; version: string; engine: string; limits?: BrowserLimit[] };
  sandbox: string;
  startedAt: string;
}

export interface LiveStep {
  type: string;
  url?: string;
  selectors?: Selector[];
  box?: Box;
  isSensitive?: boolean;
  variableName?: string;
  value?: string;
  [extra: string]: unknown;
}

export interface StepView {
  index: number;
  step: LiveStep;
  title: string;
  picture?: string;
}

export interface Beat {
  at: number;
  fps: number;
  captured: number;
  dropped: number;
  bytes: number;
  viewers: number;
  inputMs?: number;
}

export interface ConsoleNotice {
  level: string;
  text: string;
  at: string;
  url?: string;
  line?: number;
}

export interface NetworkNotice {
  method: string;
  url: string;
  status?: number;
  error?: string;
  at: string;
}

export interface ExceptionNotice {
  text: string;
  stack?: string;
  at: string;
}

export interface Picker {
  id: string | number;
  type: string;
  value?: string;
  box: Box;
  options?: {
    /** Its place among all options, hidden ones too. */ index?: number;
    value: string;
    label: string;
    disabled?: boolean;
    selected?: boolean;
    group?: string | null;
  }[];
  min?: string;
  max?: string;
  step?: string;
}

export interface SuggestedCheck {
  kind: string;
  expected?: string | null;
}

/** What an element allows and holds. */
export interface ElementState {
  checked?: boolean;
  enabled?: boolean;
  editable?: boolean;
}

export interface Picked {
  selectors: Selector[];
  frames?: unknown[];
  role?: string | null;
  name?: string | null;
  tag?: string;
  text?: string | null;
  value?: string | null;
  box?: Box;
  state?: ElementState;
  suggestions?: SuggestedCheck[];
  [extra: string]: unknown;
}

export interface Clickable extends Box {
  role?: string;
  name?: string;
}

export type Notice =
  | { t: "welcome"; viewer: string; session: LiveState; steps: StepView[]; stats: Beat }
  | ({ t: "state" } & LiveState)
  | ({ t: "step"; emitId: string; replaced: boolean } & StepView)
  | { t: "steps"; steps: StepView[] }
  | ({ t: "console" } & ConsoleNotice)
  | ({ t: "network" } & NetworkNotice)
  | ({ t: "exception" } & ExceptionNotice)
  | { t: "notice"; level: "info" | "warning" | "error"; code: string; text: string; detail?: string }
  | { t: "cursor"; css: string }
  | ({ t: "picker" } & Picker)
  | { t: "pickerClosed" }
  | { t: "focus"; editable: boolean; box?: Box }
  | { t: "clickables"; boxes: Clickable[] }
  | ({ t: "picked" } & Picked)
  | { t: "clipboard"; text: string }
  | { t: "download"; name: string; state: string; bytes?: number; artifact?: string }
  | { t: "screenshot"; bytes: number; artifact?: string }
  | ({ t: "beat" } & Beat)
  | { t: "pong"; n?: number }
  | { t: "error"; code: string; message: string }
  | { t: "bye"; reason: string };

export type MouseKind = "move" | "down" | "up";

export type Command =
  | { t: "hello"; name?: string; resume?: string; lastSeq?: number }
  | { t: "ack"; seq: number }
  | {
      t: "mouse";
      kind: MouseKind;
      x: number;
      y: number;
      button: number;
      buttons: number;
      clicks: number;
      mods: number;
    }
  | { t: "wheel"; x: number; y: number; dx: number; dy: number; mods: number }
  | {
      t: "key";
      kind: "down" | "up";
      key: string;
      code: string;
      text?: string;
      location: number;
      mods: number;
      repeat: boolean;
    }
  | { t: "text"; text: string }
  | { t: "ime"; text: string; start: number; end: number }
  | { t: "touch"; kind: "start" | "move" | "end" | "cancel"; points: { id: number; x: number; y: number }[] }
  | { t: "nav"; action: "goto" | "back" | "forward" | "reload" | "stop"; url?: string }
  | { t: "viewport"; preset?: string; width?: number; height?: number; deviceScaleFactor?: number; mobile?: boolean; touch?: boolean }
  | { t: "tab"; action: "new" | "switch" | "close"; index?: number; url?: string }
  | { t: "dialog"; action: "accept" | "dismiss"; text?: string }
  | { t: "files"; uploads: string[] }
  | { t: "choose"; id: string | number; indexes?: number[]; value?: string }
  | { t: "cast"; fps?: number; quality?: number }
  | { t: "control"; action: "take" | "release" | "give"; to?: string }
  | { t: "record"; action: "start" | "pause" | "resume" | "stop" | "undo" }
  | { t: "check"; kind: string; expected?: string; selectors?: Selector[]; frames?: unknown[]; negated?: boolean }
  | { t: "pick"; x: number; y: number }
  | { t: "hoverpick"; x: number; y: number }
  | { t: "highlight"; on: boolean }
  | { t: "copy" }
  | { t: "screenshot" }
  | { t: "ping"; n?: number };

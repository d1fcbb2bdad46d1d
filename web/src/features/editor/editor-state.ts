import type { RecordedStep, RecordingDocument } from "@/api/types.ts";

/** A document under edit, with its past and future. */
export interface EditorState {
  document: RecordingDocument;
  /** The document that the server holds. */
  saved: RecordingDocument;
  revision: number;
  past: RecordingDocument[];
  future: RecordingDocument[];
  /** Ids of the selected steps; the last one is shown. */
  selected: string[];
  /** Edits with the same key within a moment are one step of the history. */
  lastKey?: string;
  lastAt: number;
}

export type EditorAction =
  | { do: "load"; document: RecordingDocument; revision: number }
  | { do: "saved"; document: RecordingDocument; revision: number }
  | { do: "rebase"; revision: number }
  | { do: "replace"; document: RecordingDocument }
  | { do: "patch"; patch: Partial<RecordingDocument>; key?: string; at?: number }
  | { do: "patchStep"; id: string; patch: Partial<RecordedStep>; key?: string; at?: number }
  | { do: "insert"; step: RecordedStep; after?: string }
  /** Puts the steps into a block: `opens` before the first, `closes` behind the last; behind `after` when there are none. */
  | { do: "wrap"; ids: string[]; opens: RecordedStep; closes: RecordedStep; after?: string }
  | { do: "duplicate"; id: string }
  | { do: "remove"; ids: string[] }
  | { do: "restore"; removed: { step: RecordedStep; index: number }[] }
  | { do: "move"; ids: string[]; to: number }
  | { do: "nudge"; ids: string[]; by: 1 | -1 }
  | { do: "select"; ids: string[] }
  | { do: "toggle"; id: string }
  | { do: "extend"; id: string }
  | { do: "undo" }
  | { do: "redo" };

const HISTORY = 200;
const MERGE_MS = 1_200;

export function openEditor(document: RecordingDocument, revision: number, selected?: string): EditorState {
  const first = selected ?? document.actions[0]?.id;
  return {
    document,
    saved: document,
    revision,
    past: [],
    future: [],
    selected: first === undefined ? [] : [first],
    lastAt: 0,
  };
}

export const isDirty = (state: EditorState): boolean => state.document !== state.saved;

/** `act_007` after `act_006`: one more than the highest number in use. */
export function nextStepId(steps: readonly RecordedStep[]): string {
  const highest = steps.reduce((most, step) => Math.max(most, Number(/(\d+)$/.exec(step.id)?.[1] ?? 0)), 0);
  return `act_${String(highest + 1).padStart(3, "0")}`;
}

export function reduceEditor(state: EditorState, action: EditorAction): EditorState {
  const { document } = state;
  const steps = document.actions;
  switch (action.do) {
    case "load":
      return openEditor(action.document, action.revision, keepSelected(state.selected, action.document.actions)[0]);
    case "saved":
      // What was typed while the save was on its way stays unsaved.
      return { ...state, saved: action.document, revision: action.revision };
    case "rebase":
      return { ...state, revision: action.revision };
    case "replace":
      return write(state, action.document);
    case "patch":
      return write(state, { ...document, ...action.patch }, action.key, action.at);
    case "patchStep": {
      const actions = steps.map((step) => (step.id === action.id ? prune({ ...step, ...action.patch }) : step));
      return write(state, { ...document, actions }, action.key && `${action.id} ${action.key}`, action.at);
    }
    case "insert": {
      const at = action.after === undefined ? steps.length : steps.findIndex((step) => step.id === action.after) + 1;
      const actions = [...steps.slice(0, at), action.step, ...steps.slice(at)];
      return { ...write(state, { ...document, actions }), selected: [action.step.id] };
    }
    case "wrap": {
      const places = steps.flatMap((step, index) => (action.ids.includes(step.id) ? [index] : []));
      const behind = action.after === undefined ? steps.length : steps.findIndex((step) => step.id === action.after) + 1;
      const from = places[0] ?? behind;
      const to = (places.at(-1) ?? behind - 1) + 1;
      const actions = [...steps.slice(0, from), action.opens, ...steps.slice(from, to), action.closes, ...steps.slice(to)];
      return { ...write(state, { ...document, actions }), selected: [action.opens.id] };
    }
    case "duplicate": {
      const original = steps.find((step) => step.id === action.id);
      if (!original) return state;
      const copy = { ...structuredClone(original), id: nextStepId(steps) };
      return reduceEditor(state, { do: "insert", step: copy, after: action.id });
    }
    case "remove": {
      const actions = steps.filter((step) => !action.ids.includes(step.id));
      if (actions.length === steps.length) return state;
      const at = steps.findIndex((step) => action.ids.includes(step.id));
      const next = actions[Math.min(at, actions.length - 1)];
      return { ...write(state, { ...document, actions }), selected: next ? [next.id] : [] };
    }
    case "restore": {
      // Lowest place first, so that each finds its own again.
      const actions = [...steps];
      const gone = action.removed.filter(({ step }) => !steps.some((each) => each.id === step.id)).sort((a, b) => a.index - b.index);
      for (const { step, index } of gone) actions.splice(index, 0, step);
      if (gone.length === 0) return state;
      return { ...write(state, { ...document, actions }), selected: gone.map(({ step }) => step.id) };
    }
    case "move":
      return write(state, { ...document, actions: moveSteps(steps, action.ids, action.to) });
    case "nudge": {
      const positions = steps.flatMap((step, index) => (action.ids.includes(step.id) ? [index] : []));
      const first = positions[0];
      const last = positions.at(-1);
      if (first === undefined || last === undefined) return state;
      if (action.by === -1 ? first === 0 : last === steps.length - 1) return state;
      return write(state, {
        ...document,
        actions: moveSteps(steps, action.ids, action.by === -1 ? first - 1 : last + 2),
      });
    }
    case "select":
      return { ...state, selected: action.ids };
    case "toggle": {
      const without = state.selected.filter((id) => id !== action.id);
      return { ...state, selected: without.length < state.selected.length ? without : [...state.selected, action.id] };
    }
    case "extend": {
      const from = steps.findIndex((step) => step.id === state.selected[0]);
      const to = steps.findIndex((step) => step.id === action.id);
      if (from === -1 || to === -1) return { ...state, selected: [action.id] };
      const range = steps.slice(Math.min(from, to), Math.max(from, to) + 1).map((step) => step.id);
      // The anchor stays first, the end that moves stays last.
      return { ...state, selected: from <= to ? range : range.reverse() };
    }
    case "undo": {
      const before = state.past.at(-1);
      if (!before) return state;
      return travel(state, before, state.past.slice(0, -1), [document, ...state.future]);
    }
    case "redo": {
      const after = state.future[0];
      if (!after) return state;
      return travel(state, after, [...state.past, document], state.future.slice(1));
    }
  }
}

/** Moves the steps, in their own order, so that they stand before what was at `to`. */
export function moveSteps(steps: readonly RecordedStep[], ids: readonly string[], to: number): RecordedStep[] {
  const moving = steps.filter((step) => ids.includes(step.id));
  const before = steps.slice(0, to).filter((step) => !ids.includes(step.id));
  const after = steps.slice(to).filter((step) => !ids.includes(step.id));
  return [...before, ...moving, ...after];
}

function write(state: EditorState, document: RecordingDocument, key?: string, at: number = Date.now()): EditorState {
  const merges = key !== undefined && key === state.lastKey && at - state.lastAt < MERGE_MS && state.past.length > 0;
  return {
    ...state,
    document,
    past: merges ? state.past : [...state.past.slice(-(HISTORY - 1)), state.document],
    future: [],
    lastKey: key,
    lastAt: at,
    selected: keepSelected(state.selected, document.actions),
  };
}

function travel(state: EditorState, document: RecordingDocument, past: RecordingDocument[], future: RecordingDocument[]): EditorState {
  return { ...state, document, past, future, lastKey: undefined, selected: keepSelected(state.selected, document.actions) };
}

function keepSelected(selected: readonly string[], steps: readonly RecordedStep[]): string[] {
  const there = selected.filter((id) => steps.some((step) => step.id === id));
  if (there.length > 0) return there;
  return steps[0] ? [steps[0].id] : [];
}

/** A field set to `undefined` is a field taken away. */
function prune(step: RecordedStep): RecordedStep {
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as RecordedStep;
}

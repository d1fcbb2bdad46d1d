/** Keys that do something by themselves: Enter, Escape, Tab, arrows, function keys, chords. Typing is not one. */

import { isFillable } from "../state";
import { deepActiveElement, eventTarget } from "../tree";
import type { Recorder } from "./recorder";
import { editingHostOf, modifiersOf, type StepTarget } from "./step";

const modifierKeys = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "NumLock", "Dead", "Process", "Unidentified"]);
/** Chords that edit text; the field's value says what they did. */
const editing = /^[acvxyz]$/i;
/** How long an editor may take to turn Enter into a new line. */
const lineBreakMs = 60;

export function keys(recorder: Recorder): void {
  let maybeLineBreak: { timer: ReturnType<typeof setTimeout>; send: () => void } | undefined;

  const press = (event: KeyboardEvent, target: StepTarget | undefined, at?: number) => {
    recorder.step(
      { type: "keypress", ...target, key: event.key === " " ? "Space" : event.key, code: event.code, modifiers: modifiersOf(event) },
      at,
    );
  };

  recorder.on("keydown", (event) => {
    if (event.repeat || event.isComposing || modifierKeys.has(event.key)) return;
    const element = eventTarget(event);
    if (!element || !isWorthAStep(event, element)) return;
    if (isClickKey(event, element)) {
      recorder.shared.activationKeyAt = performance.now();
      return;
    }
    const isPage = element === document.body || element === document.documentElement;
    const target = isPage ? undefined : recorder.target(editingHostOf(element) ?? element);
    if (event.key !== "Enter") return press(event, target);
    if (!isMultiline(element) || event.ctrlKey || event.metaKey) {
      recorder.shared.enterAt = performance.now();
      return press(event, target);
    }
    // In an editor Enter may send the message or break the line; the line break shows in the value.
    const at = Date.now();
    const send = () => {
      clearTimeout(maybeLineBreak?.timer);
      maybeLineBreak = undefined;
      press(event, target, at);
    };
    maybeLineBreak = { timer: setTimeout(send, lineBreakMs), send };
  });

  recorder.on("input", (event) => {
    if (maybeLineBreak && event instanceof InputEvent && /^insert(LineBreak|Paragraph)$/.test(event.inputType)) {
      clearTimeout(maybeLineBreak.timer);
      maybeLineBreak = undefined;
    }
  });
  // The line break would have come before anything else.
  recorder.beforeStep(() => maybeLineBreak?.send());
  recorder.onStop(() => clearTimeout(maybeLineBreak?.timer));
}

function isWorthAStep(event: KeyboardEvent, element: Element): boolean {
  const { key } = event;
  const chord = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  const text = isFillable(element) || (deepActiveElement() === element && editingHostOf(element) !== null);
  const printable = [...key].length === 1;
  if (text) {
    if (chord) return !(printable && editing.test(key)) && !/^(Backspace|Delete|Arrow.*|Home|End)$/.test(key);
    if (printable || /^(Backspace|Delete|Home|End|ArrowLeft|ArrowRight|PageUp|PageDown)$/.test(key)) return false;
    // Up and down walk through suggestions, but in these they change the value or move the caret.
    if (/^Arrow/.test(key)) return !isMultiline(element) && !changesByArrow(element);
    return true;
  }
  // The choice that the keys make is a step of its own.
  if (element instanceof HTMLSelectElement) return key === "Tab" || key === "Escape" || (chord && printable);
  if (element instanceof HTMLInputElement && element.type === "radio" && /^Arrow/.test(key)) {
    return false;
  }
  return true;
}

function isMultiline(element: Element): boolean {
  return element instanceof HTMLTextAreaElement || editingHostOf(element) !== null;
}

function changesByArrow(element: Element): boolean {
  return element instanceof HTMLInputElement && /^(number|range|date|time|datetime-local|month|week)$/.test(element.type);
}

/** Space or Enter on a button or link clicks it, and the click is the step. */
function isClickKey(event: KeyboardEvent, element: Element): boolean {
  if (event.key === "Enter") {
    return element.matches(
      "button,summary,a[href],area[href],input:is([type=submit],[type=button],[type=reset],[type=image],[type=file],[type=color])",
    );
  }
  if (event.key !== " ") return false;
  return element.matches(
    "button,summary,input:is([type=submit],[type=button],[type=reset],[type=image],[type=checkbox],[type=radio],[type=file],[type=color])",
  );
}

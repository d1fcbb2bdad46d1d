/** Clicks: one step for a click, a double click, a click through a label or by the keyboard. */

import { checkedOf } from "../state";
import { closest, eventTarget } from "../tree";
import { viewport } from "../visible";
import type { Recorder } from "./recorder";
import { meantBy, modifiersOf, relativeTo, type StepBody, type StepTarget } from "./step";

const buttons = ["left", "middle", "right"];
/** Fields whose click opens something that another step records. */
const pickedInputs = /^(color|date|time|datetime-local|month|week|file|range)$/;

export function clicks(recorder: Recorder): void {
  let pressed: { element: Element; target: StepTarget } | undefined;
  let last: { id: string; element: Element; body: StepBody } | undefined;
  let throughLabel: ReturnType<typeof setTimeout> | undefined;

  const record = (element: Element, event: MouseEvent, button: string) => {
    const target = pressed?.element === element ? pressed.target : recorder.target(element);
    const repeats = last?.element === element && recorder.isLast(last.id) && event.detail > 1;
    const body: StepBody = { type: "click", ...target, ...details(element, event, target, button) };
    if (repeats && last) {
      // The press before the double click is the better witness: the page may have changed in between.
      last.body = { ...last.body, clickCount: event.detail, ...checkedState(element) };
      recorder.update(last.id, last.body);
      return;
    }
    last = { id: recorder.step({ ...body, clickCount: 1 }), element, body };
  };

  recorder.on("pointerdown", (event) => {
    const element = subject(event);
    pressed = undefined;
    if (!element) return;
    recorder.shared.commitHovers(element);
    pressed = { element, target: recorder.target(element) };
  });

  recorder.on("click", (event) => {
    const now = performance.now();
    if (now - recorder.shared.dragEndedAt < 100) return;
    const element = subject(event);
    if (!element) return;
    if (isSimulated(event) && throughLabel === undefined) {
      // By a key, or the browser presses a form's default button because of Enter in a field.
      const { enterAt, activationKeyAt } = recorder.shared;
      if (enterAt > activationKeyAt && now - enterAt < 500) return;
    }
    clearTimeout(throughLabel);
    throughLabel = undefined;
    const label = element instanceof HTMLLabelElement ? element : null;
    if (label?.control && !isSkipped(label.control)) {
      // The browser clicks the control right after; if the page prevents that, the label itself was meant.
      throughLabel = setTimeout(() => {
        throughLabel = undefined;
        record(label, event, "left");
      }, 0);
      return;
    }
    if (!isSkipped(element)) record(element, event, "left");
  });

  recorder.on("auxclick", (event) => {
    const element = subject(event);
    if (element && event.button === 1) record(element, event, "middle");
  });

  recorder.on("contextmenu", (event) => {
    const element = subject(event);
    if (element) record(element, event, buttons[2] ?? "right");
  });

  recorder.onStop(() => clearTimeout(throughLabel));
}

/** The element that was meant, unless the scroll bar was. */
function subject(event: MouseEvent): Element | null {
  const element = eventTarget(event);
  if (!element) return null;
  const view = viewport();
  const onRoot = element === document.documentElement;
  if (onRoot && (event.clientX >= view.width || event.clientY >= document.documentElement.clientHeight)) {
    // Below a short body the root itself is hit; that is a click on the page, not on a scroll bar.
    if (event.clientX >= view.width || event.clientY >= innerHeight) return null;
  }
  return meantBy(element);
}

/** Made by the browser for a key, a label or a form, not by a pointer. */
function isSimulated(event: MouseEvent): boolean {
  return event instanceof PointerEvent && event.type === "click" && event.pointerType === "";
}

function isSkipped(element: Element): boolean {
  if (closest(element, "select")) return true;
  return element instanceof HTMLInputElement && pickedInputs.test(element.type);
}

function details(element: Element, event: MouseEvent, target: StepTarget, button: string): Record<string, unknown> {
  const { width, height } = target.box;
  const at = isSimulated(event)
    ? relativeTo({ x: 0, y: 0, width, height }, width / 2, height / 2)
    : relativeTo(target.box, event.clientX, event.clientY);
  return {
    ...at,
    button,
    modifiers: modifiersOf(event),
    clickType: clickType(element),
    ...checkedState(element),
    ...(expectsNavigation(element) ? { expectsNavigation: true } : {}),
  };
}

/** While the event travels, a checkbox already has its new state. */
function checkedState(element: Element): Record<string, unknown> {
  if (!(element instanceof HTMLInputElement)) return {};
  const checked = checkedOf(element);
  return checked === undefined ? {} : { inputType: element.type, checked };
}

function clickType(element: Element): string {
  if (checkedOf(element) !== undefined) return "toggle-input";
  if (isSubmitter(element)) return "submit";
  return element.hasAttribute("aria-haspopup") || element.hasAttribute("aria-expanded") ? "dropdown-trigger" : "standard";
}

export function isSubmitter(element: Element): boolean {
  return (
    (element instanceof HTMLButtonElement || element instanceof HTMLInputElement) && /^(submit|image)$/.test(element.type) && !!element.form
  );
}

function expectsNavigation(element: Element): boolean {
  if (element instanceof HTMLAnchorElement) return /^https?:/.test(element.protocol) && !element.getAttribute("href")?.startsWith("#");
  return isSubmitter(element);
}

/** Typing: one step per field, replaced as the value grows. */

import { isSensitive, variableNameFor } from "../sensitive";
import { fieldValue } from "../state";
import { eventTarget } from "../tree";
import type { Recorder } from "./recorder";
import { editingHostOf, type StepBody, type StepTarget } from "./step";

/** While somebody types, the step is sent again at most this often. */
const repeatMs = 150;
const choices = /^(color|date|time|datetime-local|month|week|range)$/;

interface Typing {
  element: Element;
  target: StepTarget;
  id: string;
  /** As of the last event: what the page makes of it later was not typed. */
  value: string;
  sent: string | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function inputs(recorder: Recorder): void {
  let typing: Typing | undefined;
  /** `change` follows when the field is left, also after other steps ended the typing. */
  const recorded = new WeakMap<Element, string>();

  const send = () => {
    if (!typing) return;
    clearTimeout(typing.timer);
    typing.timer = undefined;
    const { value } = typing;
    if (value === typing.sent) return;
    typing.sent = value;
    recorded.set(typing.element, value);
    const body = bodyOf(typing, value, recorder.options.maskSensitive ?? true);
    if (typing.id) recorder.update(typing.id, body);
    else typing.id = recorder.step(body);
  };

  const close = () => {
    send();
    typing = undefined;
  };

  const typed = (event: Event) => {
    const element = fieldOf(event);
    if (!element) return;
    const value = fieldValue(element) ?? "";
    if (event.type === "change" && recorded.get(element) === value) return;
    if (typing?.element !== element) {
      close();
      recorder.shared.commitHovers(element);
      typing = { element, target: recorder.target(element), id: "", value, sent: null, timer: undefined };
      // First at once, so that nothing is lost when the page goes away.
      send();
      return;
    }
    typing.value = value;
    typing.timer ??= setTimeout(send, repeatMs);
  };

  recorder.on("input", typed);
  recorder.on("change", typed);
  recorder.on("focusout", (event) => {
    if (typing && eventTarget(event) === typing.element) close();
  });
  // By `pagehide` the protocol no longer listens to this document.
  addEventListener("beforeunload", close);
  recorder.onStop(() => removeEventListener("beforeunload", close));
  // Another step ends the typing, but not the step that typing itself emits.
  recorder.beforeStep(() => {
    if (typing?.id) close();
  });
}

/** The field or editor that the event changed; choices and files have their own steps. */
function fieldOf(event: Event): Element | null {
  const element = eventTarget(event);
  if (element instanceof HTMLInputElement) {
    return /^(checkbox|radio|file|button|submit|reset|image|hidden)$/.test(element.type) ? null : element;
  }
  if (element instanceof HTMLTextAreaElement) return element;
  return element ? editingHostOf(element) : null;
}

function bodyOf({ element, target }: Typing, value: string, mask: boolean): StepBody {
  const sensitive = isSensitive(element);
  const name = sensitive ? variableNameFor(element) : "";
  const type = element instanceof HTMLInputElement ? element.type : element instanceof HTMLTextAreaElement ? "textarea" : "contenteditable";
  return {
    type: "input",
    ...target,
    value: sensitive && mask ? `\${${name}}` : value,
    inputType: type,
    isSensitive: sensitive,
    simulationType: choices.test(type) ? "setValue" : "type",
    ...(sensitive && mask ? { variableName: name } : {}),
  };
}

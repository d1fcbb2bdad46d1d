/**
 * Pop-ups that the browser draws outside the page (select lists, calendars, colour wells) do not show in a live
 * picture. They are kept shut, described to the viewer, and the viewer's choice is set with its events.
 */

import { emit, nextId } from "../emit";
import { fireInputAndChange, setNativeValue } from "../native_value";
import { isDisabled } from "../select";
import { normalize } from "../text";
import { eventTarget } from "../tree";
import { boxOf } from "../visible";
import { listen } from "./index";

type Field = HTMLSelectElement | HTMLInputElement;
const chosenInputs = /^(color|date|time|datetime-local|month|week)$/;

let opened: { id: string; field: Field } | undefined;

export function startPickers(): () => void {
  const releases = [
    listen(["mousedown"], (event) => {
      const field = pickedBy(event);
      if (opened && opened.field !== field) close();
      if (!(field instanceof HTMLSelectElement) || event.button !== 0 || !event.isTrusted) return;
      event.preventDefault();
      field.focus();
      open(field);
    }),
    listen(["click"], (event) => {
      const field = pickedBy(event);
      if (!(field instanceof HTMLInputElement) || !event.isTrusted) return;
      event.preventDefault();
      open(field);
    }),
    listen(["keydown"], (event) => {
      if (event.key === "Escape") close();
      const field = pickedBy(event);
      if (!field || !event.isTrusted || !opensByKey(event, field)) return;
      event.preventDefault();
      open(field);
    }),
  ];
  return () => {
    close();
    for (const release of releases) release();
  };
}

export interface Choice {
  indexes?: number[];
  value?: string;
}

/** Sets what the viewer chose; an empty choice only closes. Throws when the field is gone or refuses the value. */
export function choose(id: string, choice: Choice): { value: string } {
  if (opened?.id !== id) throw new Error("the picker is no longer open");
  const { field } = opened;
  opened = undefined;
  if (!field.isConnected) throw new Error("the field is no longer in the page");
  if (field instanceof HTMLSelectElement) chooseOptions(field, choice);
  else if (choice.value !== undefined && choice.value !== field.value) {
    const before = field.value;
    setNativeValue(field, choice.value);
    if (choice.value !== "" && field.value === "") {
      setNativeValue(field, before);
      throw new Error(`"${choice.value}" is not a value of <input type=${field.type}>`);
    }
    fireInputAndChange(field);
  }
  return { value: field.value };
}

function chooseOptions(select: HTMLSelectElement, choice: Choice): void {
  const wanted = choice.indexes ?? [...select.options].filter((option) => option.value === choice.value).map((option) => option.index);
  const index = wanted[0];
  if (index === undefined || index === select.selectedIndex) return;
  const option = select.options[index];
  if (!option || isDisabled(option)) throw new Error(`option ${index} cannot be chosen`);
  select.selectedIndex = index;
  fireInputAndChange(select);
}

function pickedBy(event: Event): Field | null {
  let element = eventTarget(event);
  if (element instanceof HTMLOptionElement || element instanceof HTMLOptGroupElement) element = element.closest("select");
  if (element instanceof HTMLSelectElement) {
    return element.multiple || element.size > 1 || element.matches(":disabled") ? null : element;
  }
  if (!(element instanceof HTMLInputElement) || !chosenInputs.test(element.type)) return null;
  return element.matches(":disabled") || element.readOnly ? null : element;
}

function opensByKey(event: KeyboardEvent, field: Field): boolean {
  if (event.key === "F4") return true;
  if (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) return true;
  if (event.key === " ") return true;
  return event.key === "Enter" && field instanceof HTMLInputElement && field.type === "color";
}

function open(field: Field): void {
  const id = nextId();
  opened = { id, field };
  const common = { kind: "picker", id, box: boxOf(field) };
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options].filter((option) => !option.hidden).map(describe);
    emit({ ...common, type: "select", value: field.value, options });
    return;
  }
  const { type, value, min, max, step } = field;
  emit({ ...common, type, value, ...(min ? { min } : {}), ...(max ? { max } : {}), ...(step ? { step } : {}) });
}

function describe(option: HTMLOptionElement): Record<string, unknown> {
  const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : undefined;
  return {
    index: option.index,
    value: option.value,
    label: normalize(option.label || option.text),
    disabled: isDisabled(option),
    selected: option.selected,
    ...(group === undefined ? {} : { group }),
  };
}

function close(): void {
  if (!opened) return;
  emit({ kind: "pickerClosed", id: opened.id });
  opened = undefined;
}

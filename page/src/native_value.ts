/** Setting a control's value the way the browser does, past any property that a framework put on it. */

type Valued = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function setNativeValue(element: Valued, value: string): void {
  const prototype = Object.getPrototypeOf(element) as object;
  const setter = Object.getOwnPropertyDescriptor(prototype, "value")?.set;
  if (setter) setter.call(element, value);
  else element.value = value;
}

/** `input` crosses shadow roots, `change` does not: as for a person's own edit. */
export function fireInputAndChange(element: Element): void {
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

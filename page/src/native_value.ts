/** Setting a control's value the way the browser does, past any property that a framework put on it. */

type Valued = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function setNativeValue(element: Valued, value: string): void {
  const prototype = Object.getPrototypeOf(element) as object;
  const setter = Object.getOwnPropertyDescriptor(prototype, "value")?.set;
  if (setter) setter.call(element, value);
  else element.value = value;
}

const own = new WeakSet<Event>();

/** Whether a person did it: the browser says so, or the live view did it for them. */
export function isByPerson(event: Event): boolean {
  return event.isTrusted || own.has(event);
}

/** `input` crosses shadow roots, `change` does not: as for a person's own edit. */
export function fireInputAndChange(element: Element): void {
  for (const event of [new Event("input", { bubbles: true, composed: true }), new Event("change", { bubbles: true })]) {
    own.add(event);
    element.dispatchEvent(event);
  }
}

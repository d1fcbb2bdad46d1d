/** Whether the focus is where one types, so that a touch screen can show its keyboard. */

import { emit } from "../emit";
import { isEditable, isFillable } from "../state";
import { deepActiveElement } from "../tree";
import { boxOf } from "../visible";
import { listen } from "./index";

export function startFocus(): () => void {
  let last: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    const active = document.hasFocus() ? deepActiveElement() : null;
    const field = active && isFillable(active) && isEditable(active) ? active : null;
    if (field === last) return;
    last = field;
    if (!field) return emit({ kind: "focus", editable: false });
    const mode = field.getAttribute("inputmode") ?? (field instanceof HTMLInputElement ? field.type : "text");
    emit({ kind: "focus", editable: true, inputMode: mode, box: boxOf(field) });
  };

  // Going from one field to the next is one change, not two.
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 0);
  };
  const release = listen(["focusin", "focusout", "focus", "blur"], soon);
  soon();
  return () => {
    clearTimeout(timer);
    release();
  };
}

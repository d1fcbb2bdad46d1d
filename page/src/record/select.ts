/** Choosing in a `<select>`; running through the options is one step. */

import { describeOption } from "../select";
import { eventTarget } from "../tree";
import type { Recorder } from "./recorder";
import type { StepBody, StepTarget } from "./step";

export function selects(recorder: Recorder): void {
  let last: { element: HTMLSelectElement; id: string; target: StepTarget } | undefined;

  recorder.on("change", (event) => {
    const element = eventTarget(event);
    if (!(element instanceof HTMLSelectElement)) return;
    if (last?.element === element && recorder.isLast(last.id)) {
      recorder.update(last.id, bodyOf(element, last.target));
      return;
    }
    recorder.shared.commitHovers(element);
    const target = recorder.target(element);
    last = { element, target, id: recorder.step(bodyOf(element, target)) };
  });
}

function bodyOf(select: HTMLSelectElement, target: StepTarget): StepBody {
  const chosen = [...select.selectedOptions].map(describeOption);
  return {
    type: "select",
    ...target,
    selectedValue: chosen[0]?.value ?? "",
    selectedText: chosen[0]?.text ?? "",
    selectedIndex: select.selectedIndex,
    isMultiple: select.multiple,
    ...(select.multiple ? { selectedOptions: chosen } : {}),
    ...(select.id ? { selectId: select.id } : {}),
    ...(select.name ? { selectName: select.name } : {}),
  };
}

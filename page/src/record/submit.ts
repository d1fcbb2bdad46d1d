/** A form that was submitted by nothing that is already a step. */

import type { Recorder } from "./recorder";

/** A submission this soon after a step is that step's doing. */
const causedMs = 2_000;

export function submits(recorder: Recorder): void {
  recorder.on("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const { shared } = recorder;
    if (performance.now() - Math.max(shared.lastStepAt, shared.activationKeyAt) < causedMs) return;
    recorder.step({ type: "submit", ...recorder.target(form) });
  });
}

/** Files given to a file field: their names, sizes and types; the files themselves stay where they are. */

import { eventTarget } from "../tree";
import type { Recorder } from "./recorder";

export function uploads(recorder: Recorder): void {
  recorder.on("change", (event) => {
    const element = eventTarget(event);
    if (!(element instanceof HTMLInputElement) || element.type !== "file") return;
    const files = [...(element.files ?? [])].map(({ name, size, type }) => ({ name, size, ...(type ? { mimeType: type } : {}) }));
    recorder.step({ type: "upload", ...recorder.target(element), files, isMultiple: element.multiple });
  });
}

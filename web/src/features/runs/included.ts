import type { RecordingDocument } from "@/api/types.ts";

/** The ids of the recordings that a recording includes. */
export const namedBy = (document: RecordingDocument): string[] =>
  document.actions.flatMap((step) => (step.type === "include" && typeof step.recording === "string" ? [step.recording] : []));

/**
 * The recordings that a recording includes, and theirs, each once. One that cannot be loaded is left out: whoever performs it says so
 * if its step is ever reached.
 */
export async function includedBy(
  document: RecordingDocument,
  load: (id: string) => Promise<RecordingDocument>,
): Promise<RecordingDocument[]> {
  const found = new Map<string, RecordingDocument | undefined>();
  const wanted = namedBy(document);
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (!id || found.has(id)) continue;
    const inner = await load(id).catch(() => undefined);
    found.set(id, inner);
    if (inner) wanted.push(...namedBy(inner));
  }
  return [...found.values()].filter((inner) => inner !== undefined);
}

/** What accepting a healed step changes in its recording. */

import type { HealedStep, RecordedStep, RecordingDocument, Selector } from "@/api/types.ts";

/** Ways to say where an element stood. In a page that has changed something else may stand there. */
const places = new Set(["css", "css-semantic", "xpath", "xpathAbsolute", "position"]);

/**
 * The document with the new selectors in front of the step's old ones. Of those the ones that name the element stay, for a
 * deployment that still has the page as it was; those that say where it stood go. Nothing when the step is no more.
 */
export function accepted(document: RecordingDocument, stepId: string, healed: HealedStep): RecordingDocument | undefined {
  const now = selectorsOf(healed);
  return changed(document, stepId, (step) => {
    const old = (step.selectors ?? []).filter((selector) => !places.has(selector.strategy) && !now.some((each) => same(each, selector)));
    const print = healed.after.fingerprint as { tag?: unknown; name?: unknown } | null | undefined;
    return {
      ...step,
      selectors: [...now, ...old].map((selector, index) => ({ ...selector, priority: index + 1 })),
      // What was kept of the element belongs to the old one; the next healing would go by it.
      ...(print ? { fingerprint: print } : {}),
      ...(typeof print?.tag === "string" && step.tagName !== undefined ? { tagName: print.tag } : {}),
      ...(typeof print?.name === "string" && step.text !== undefined ? { text: print.name } : {}),
    };
  });
}

/** The document with the step as it was before. */
export function takenBack(document: RecordingDocument, before: RecordedStep): RecordingDocument | undefined {
  return changed(document, before.id, () => before);
}

/** Whether the recording's step is looked for by what healing found. */
export function isAccepted(document: RecordingDocument, stepId: string, healed: HealedStep): boolean {
  const first = document.actions.find((step) => step.id === stepId)?.selectors?.[0];
  const now = selectorsOf(healed)[0];
  return first !== undefined && now !== undefined && same(first, now);
}

export const selectorsOf = (healed: HealedStep): Selector[] => healed.after.selectors as unknown as Selector[];

const same = (a: Selector, b: Selector) => a.strategy === b.strategy && JSON.stringify(a.value) === JSON.stringify(b.value);

function changed(document: RecordingDocument, stepId: string, change: (step: RecordedStep) => RecordedStep): RecordingDocument | undefined {
  if (!document.actions.some((step) => step.id === stepId)) return undefined;
  return { ...document, actions: document.actions.map((step) => (step.id === stepId ? change(step) : step)) };
}

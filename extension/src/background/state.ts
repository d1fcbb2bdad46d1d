/** What the popup shows. */

import type { State, StepView } from "../messages";
import { deriveSteps } from "../recording/steps";
import { fieldOf, suggestedName, withVariable } from "../recording/variable";
import { isRecordable, ownIdentity } from "./gate";
import { settings } from "./settings";
import { type Shelf, shelf } from "./shelf";

export async function stateForUi(): Promise<State> {
  const box = await shelf();
  const { recording } = box;
  const page = await pageInFront();
  return {
    phase: recording?.phase ?? "idle",
    name: recording?.head.name ?? "",
    steps: stepViews(box),
    picking: recording?.picking ?? false,
    pending: recording?.pending ?? null,
    upload: recording?.upload ?? null,
    server: (await settings()).server || null,
    page: {
      title: page?.title ?? "",
      url: page?.url ?? "",
      recordable: isRecordable(page?.url),
      recorded: recording?.tabs.some(({ id }) => id === page?.id) ?? false,
    },
    problem: recording?.problem ?? null,
  };
}

function stepViews(box: Shelf): StepView[] {
  const variables = box.recording?.head.variables ?? [];
  return deriveSteps(box.entries).map(({ step: plain }) => {
    const step = withVariable(plain, variables);
    const masked = plain["variableName"] !== undefined;
    const field = masked ? null : fieldOf(plain);
    return { step, field, marked: !masked && step["variableName"] !== undefined, suggestedName: suggestedName(plain) };
  });
}

/** The page that a person means: the one in front, or the one used last when the popup itself is a tab. */
export async function pageInFront(): Promise<chrome.tabs.Tab | undefined> {
  const [front] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (front && !front.url?.startsWith(ownIdentity().origin)) return front;
  const pages = await chrome.tabs.query({ url: ["http://*/*", "https://*/*"] });
  return pages.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))[0];
}

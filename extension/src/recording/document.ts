/** The recording as a document, and the name of its file. */

import type { Entry, Step } from "./entry";
import { deriveSteps } from "./steps";
import { type Declaration, declarationsIn, type Variable, withVariable } from "./variable";

interface Size {
  width: number;
  height: number;
}

/** The browser in which a recording was made. */
export interface Surroundings {
  viewport: Size;
  windowSize: Size;
  screenSize: Size;
  devicePixelRatio: number;
  userAgent: string;
}

/** What a recording is, apart from its log. */
export interface Head {
  name: string;
  /** Where it begins. */
  url: string;
  /** Epoch milliseconds. */
  startedAt: number;
  endedAt?: number;
  surroundings: Surroundings;
  variables: Variable[];
}

export interface RecordingDocument extends Surroundings {
  id: string;
  version: "1.0.0";
  testName: string;
  url: string;
  startTime: string;
  endTime: string;
  actions: (Step & { id: string })[];
  variables?: Declaration[];
}

export function documentOf(head: Head, log: readonly Entry[]): RecordingDocument {
  const steps = deriveSteps(log).map(({ step }) => withVariable(step, head.variables));
  const declarations = declarationsIn(steps);
  return {
    id: `rec_${head.startedAt}`,
    version: "1.0.0",
    testName: head.name.trim() || "Untitled recording",
    url: head.url,
    startTime: new Date(head.startedAt).toISOString(),
    endTime: new Date(head.endedAt ?? Date.now()).toISOString(),
    ...head.surroundings,
    actions: steps.map((step, index) => ({ id: `act_${String(index + 1).padStart(3, "0")}`, ...step })),
    ...(declarations.length > 0 ? { variables: declarations } : {}),
  };
}

/** `{testName}_{ms}.json`, with nothing in it that a file system refuses. */
export function fileName({ testName, id }: Pick<RecordingDocument, "testName" | "id">): string {
  const safe = testName
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
  return `${safe || "recording"}_${id.replace("rec_", "")}.json`;
}

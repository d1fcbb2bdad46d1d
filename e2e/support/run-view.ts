// The page of a run, and starting runs from the API or the UI.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Api, Document, RecordingSummary, Run, RunStep } from "./api.js";

const FINAL = ["passed", "failed", "cancelled", "timedOut", "interrupted"];

export class RunView {
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  /** The run whose page is open. */
  static async attach(page: Page): Promise<RunView> {
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
    return new RunView(page, /\/runs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "");
  }
  static async open(page: Page, origin: string, id: string): Promise<RunView> {
    await page.goto(`${origin}/runs/${id}`);
    return new RunView(page, id);
  }

  get verdict(): Locator {
    return this.page.getByRole("status", { name: "Verdict" });
  }
  step(number: number): Locator {
    return this.page.getByRole("listbox", { name: "Run steps" }).getByRole("option", { name: new RegExp(`^Step ${number}:`) });
  }
  get failure(): Locator {
    return this.page.getByRole("region", { name: "Failure" });
  }
  async tab(name: string): Promise<Locator> {
    await this.page.getByRole("tab", { name, exact: false }).click();
    // The panel that leaves stays in the tree, inert, until the other one stands.
    return this.page.locator('[role="tabpanel"]:not([inert])');
  }
  async expectPassed(): Promise<void> {
    await expect(this.verdict).toContainText(/Passed|Failed|Cancelled|Timed out/, { timeout: 40_000 });
    await expect(this.verdict).toContainText("Passed");
  }
}

/** Stores a document and performs it; answers the finished run. */
export async function perform(api: Api, document: Document, options: Record<string, unknown> = {}): Promise<Run & { steps: RunStep[] }> {
  const recording = await api.post<RecordingSummary>("/recordings", document);
  return performStored(api, recording.id, options);
}
export async function performStored(
  api: Api,
  recordingId: string,
  options: Record<string, unknown> = {},
): Promise<Run & { steps: RunStep[] }> {
  const run = await api.post<Run>("/runs", { recordingId, timingMode: "instant", ...options });
  return finished(api, run.id);
}
export async function finished(api: Api, id: string): Promise<Run & { steps: RunStep[] }> {
  await expect
    .poll(async () => (await api.run(id)).status, { message: `run ${id} comes to its end`, timeout: 45_000, intervals: [100, 200, 400] })
    .toMatch(new RegExp(`^(${FINAL.join("|")})$`));
  return api.run(id);
}

// The settings page as a person uses it.
import { expect, type Page } from "@playwright/test";
import type { Recorder } from "./recorder";

export async function openSettings(recorder: Recorder): Promise<Page> {
  return recorder.open(`${recorder.origin}/options.html`);
}

export async function setServer(recorder: Recorder, server: string, token: string): Promise<void> {
  const page = await openSettings(recorder);
  await page.getByRole("textbox", { name: "Address" }).fill(server);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.close();
}

// Runs again and again: a schedule from the form to its first run, paused, deleted and brought back.
import { input, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

test("a recording is scheduled from its page, run at once, paused, deleted and brought back", async ({ studio, product, site }, info) => {
  const { api } = product;
  const document = recording(`${site.origin}/gestures`, [input("#text", "Ada")], { testName: "Morning round" });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/schedules`);
  await expect(studio.getByRole("heading", { name: "No schedules yet" })).toBeVisible();
  await lookAt(studio, info, "empty");

  await studio.goto(`${product.url}/recordings/${id}`);
  const schedule = studio.getByRole("link", { name: "Schedule…" });
  await expect(schedule).toBeVisible();
  await lookAt(studio, info, "recording");
  await schedule.click();
  const form = studio.getByRole("dialog", { name: "New schedule" });
  await expect(form.getByRole("combobox", { name: "Recording" })).toHaveText("Morning round");
  const next = form.getByRole("region", { name: "Next runs" });
  await expect(next.getByRole("listitem")).toHaveCount(5);
  await form.getByLabel("Time zone").fill("Asia/Tokyo");
  await form.getByLabel("Time", { exact: true }).fill("06:30");
  await expect(next).toContainText("every day at 06:30 (Asia/Tokyo)");
  await expect(next.getByRole("listitem").first()).toContainText("06:30");
  await lookAt(studio, info, "form", form);
  await form.getByRole("combobox", { name: "Repeats" }).click();
  await studio.getByRole("option", { name: "A cron expression" }).click();
  const cron = form.getByRole("textbox", { name: "Cron expression" });
  await expect(cron).toHaveValue("30 6 * * *");
  await cron.fill("0 25 * * *");
  await expect(form.getByText("The hour “25” cannot be read")).toBeVisible();
  await expect(cron).toHaveAttribute("aria-invalid", "true");
  await lookAt(studio, info, "wrong", form);
  await cron.fill("30 6 * * MON-FRI");
  await expect(next).toContainText("on weekdays at 06:30");
  await form.getByText("Timing, pictures, limits").click();
  await form.getByLabel("Step timeout").fill("12");
  await form.getByRole("checkbox", { name: "Close banners and dialogs in the way" }).check();
  await form.getByRole("combobox", { name: "Video" }).click();
  await studio.getByRole("option", { name: "Kept when the run fails" }).click();
  await lookAt(studio, info, "how", form);
  await form.getByRole("button", { name: "Create schedule" }).click();
  await expect(form).toHaveCount(0);

  const list = studio.getByRole("list", { name: "Schedules" });
  const row = list.getByRole("listitem").filter({ has: studio.getByRole("button", { name: "Run Morning round now" }) });
  await expect(row).toContainText("on weekdays at 06:30 (Asia/Tokyo)");
  await expect(row).toContainText(/Next in \d+ (min|h|d)/);
  await expect(row).toContainText("No run yet");
  await row.getByRole("button", { name: "Run Morning round now" }).click();
  await expect(row).toContainText("Passed", { timeout: 60_000 });
  const [kept] = await api.get<{ id: string; lastRun: { id: string }; run: object }[]>("/schedules");
  expect(kept?.run).toMatchObject({ timeout: 12_000, runTimeout: 600_000, dismissOverlays: true, video: "onFailure", timingMode: "fast" });
  const runs = await api.get<{ id: string }[]>(`/runs?scheduleId=${kept?.id}`);
  expect(runs.map((run) => run.id)).toEqual([kept?.lastRun.id]);

  const inForce = row.getByRole("switch", { name: "Morning round is in force" });
  await inForce.focus();
  await studio.keyboard.press("Space");
  await expect(inForce).not.toBeChecked();
  await expect(row).toContainText("Paused");
  await api.post("/schedules", { name: "Every quarter of an hour", cron: "*/15 * * * *", run: { recordingId: id } });
  await api.post("/schedules", { name: "A long name ".repeat(8), cron: "5 4 8-14 * *", run: { recordingId: id } });
  await studio.reload();
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await lookAt(studio, info, "list");

  await studio.goto(product.url);
  const soon = studio.getByRole("region", { name: "Next runs" });
  await expect(soon.getByRole("listitem").first()).toContainText(/Every quarter of an hour(in |now)/);
  // What is paused does not begin.
  await expect(soon).not.toContainText("Morning round");
  await lookAt(studio, info, "home", soon);
  await soon.getByRole("link", { name: "All schedules" }).click();

  const more = row.getByRole("button", { name: "More for Morning round" });
  await more.click();
  await studio.getByRole("menuitem", { name: "Change…" }).click();
  const change = studio.getByRole("dialog", { name: "Change schedule" });
  await expect(change.getByRole("combobox", { name: "Repeats" })).toHaveText("On weekdays at");
  await expect(change.getByLabel("Time", { exact: true })).toHaveValue("06:30");
  await change.getByLabel("Time", { exact: true }).fill("07:45");
  await lookAt(studio, info, "change", change);
  await change.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("on weekdays at 07:45 (Asia/Tokyo)");
  await more.click();
  await studio.getByRole("menuitem", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  await studio.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("Paused");
  await row.getByRole("link", { name: "Morning round" }).first().click();
  await expect(studio.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(studio.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(2);
  await lookAt(studio, info, "runs");
  // They would begin runs beside other tests.
  const left = await api.get<{ id: string }[]>("/schedules");
  for (const one of left) await api.ask("DELETE", `/schedules/${one.id}`);
});

test("what keeps a schedule from its runs is told, and so is a list that cannot be loaded", async ({ studio, product, site }, info) => {
  const { api } = product;
  const document = recording(`${site.origin}/gestures`, [input("#text", "Ada")], { testName: "Kept from running" });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  const made: { id: string }[] = [];
  for (const name of ["Left out", "Without its recording"]) {
    made.push(await api.post<{ id: string }>("/schedules", { name, cron: "@daily", run: { recordingId: id } }));
  }
  // The server comes to these by itself when a moment comes; its own tests wait for that.
  const list = /\/api\/v1\/schedules\?/;
  await studio.route(list, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const one of body.data) {
      if (one.id === made[0]?.id) one.lastSkippedReason = "The run before it had not ended.";
      if (one.id === made[1]?.id) {
        Object.assign(one, { enabled: false, next: [], disabledReason: "Its recording was deleted.", recordingName: undefined });
      }
    }
    await route.fulfill({ response, json: body });
  });
  await studio.goto(`${product.url}/schedules`);
  const row = (name: string) => studio.getByRole("listitem").filter({ has: studio.getByRole("button", { name: `Run ${name} now` }) });
  await expect(row("Left out")).toContainText("Left out last time: The run before it had not ended.");
  const gone = row("Without its recording");
  await expect(gone).toContainText("Its recording was deleted.");
  await expect(gone.getByRole("button", { name: "Run Without its recording now" })).toBeDisabled();
  await lookAt(studio, info, "trouble");
  await studio.unroute(list);
  await studio.route(list, (route) =>
    route.fulfill({ status: 500, json: { success: false, error: { code: "internal", message: "It broke." } } }),
  );
  await studio.reload();
  await expect(studio.getByRole("alert")).toContainText("Schedules could not be loaded", { timeout: 30_000 });
  await studio.unroute(list);
  await studio.getByRole("button", { name: "Try again" }).click();
  await expect(gone).toBeVisible();
  for (const { id } of made) await api.ask("DELETE", `/schedules/${id}`);
});

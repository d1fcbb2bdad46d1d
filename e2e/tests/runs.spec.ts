import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../support/api.js";
import { checkText, checkVisible, click, input, navigate, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";
import { command } from "../support/proscenium.js";
import { finished, perform, performStored, RunView } from "../support/run-view.js";

test("a run shows its progress step by step, with a picture of every step", async ({ studio, product, site }) => {
  const { api } = product;
  const document = recording(
    `${site.origin}/late`,
    [click("#late"), click("#born"), click("#moving"), click("#covered"), checkText("#hits", "late,born,moving,covered")],
    { testName: "Late elements" },
  );
  const { id } = await api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/recordings`);
  await studio.getByRole("button", { name: "Run Late elements" }).first().click();
  const view = await RunView.attach(studio);
  await view.expectPassed();
  for (let number = 1; number <= 5; number += 1) await expect(view.step(number)).toHaveAccessibleName(/, passed$/);
  const run = await api.run(view.id);
  expect(run.steps.map((step) => step.status)).toEqual(Array(5).fill("passed"));
  expect(run.recordingId).toBe(id);
  const screenshots = (await api.get<{ kind: string; contentType: string }[]>(`/runs/${view.id}/artifacts`)).filter(
    (one) => one.kind === "screenshot",
  );
  expect(screenshots.length).toBe(5);
  await view.step(2).click();
  await expect(studio.getByRole("tabpanel").getByRole("img")).toBeVisible();
});

test("the event stream tells a run in order and resumes after the last event it told", async ({ product, site }) => {
  const { api } = product;
  const run = await perform(api, recording(`${site.origin}/gestures`, [input("#text", "a"), input("#area", "b")]));
  const told = async (after?: string) => {
    const response = await api.fetch(
      "GET",
      `/runs/${run.id}/events/stream`,
      undefined,
      after === undefined ? {} : { "last-event-id": after },
    );
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    let text = "";
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (reader !== undefined && !text.includes("run.finished")) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    await reader?.cancel();
    return [...text.matchAll(/^(id|event): ?(.*)$/gm)].map(([, field, value]) => [field, value] as const);
  };
  const all = await told();
  const names = all
    .filter(([field]) => field === "event")
    .map(([, value]) => value)
    .filter((name) => name !== "log");
  expect(names).toEqual(["run.queued", "run.started", "step.started", "step.finished", "step.started", "step.finished", "run.finished"]);
  const ids = all.filter(([field]) => field === "id").map(([, value]) => Number(value));
  expect([...ids].sort((a, b) => a - b)).toEqual(ids);
  const rest = await told(String(ids[2]));
  expect(rest.filter(([field]) => field === "id").map(([, value]) => Number(value))).toEqual(ids.slice(3));
});

test("a run is cancelled while it waits, and done again", async ({ studio, product, site }) => {
  const { api } = product;
  const { id } = await api.post<{ id: string }>(
    "/recordings",
    recording(`${site.origin}/gestures`, [input("#text", "a"), click("#never-there"), click("#pad")], { testName: "Waits for ever" }),
  );
  const run = await api.post<Run>("/runs", { recordingId: id, timingMode: "instant", timeout: 30_000 });
  const view = await RunView.open(studio, product.url, run.id);
  await expect(view.verdict).toContainText("Running step 2 of 3");
  await studio.getByRole("button", { name: "Cancel run" }).click();
  await expect(view.verdict).toContainText(/Cancelled/i);
  const cancelled = await finished(api, run.id);
  expect(cancelled.status).toBe("cancelled");
  expect(cancelled.steps.map((step) => step.status).filter((status) => status === "passed")).toHaveLength(1);
  expect(cancelled.steps[2]?.status).not.toBe("passed");
  await studio.getByRole("button", { name: "Run again" }).click();
  await expect.poll(() => studio.url()).not.toContain(run.id);
  const again = await RunView.attach(studio);
  await expect(again.verdict).toContainText("Running step 2 of 3");
  await api.post(`/runs/${again.id}/cancel`);
  expect((await finished(api, again.id)).status).toBe("cancelled");
});

test("no false pass: each way a step can be wrong fails the run at that step", async ({ product, site }) => {
  const url = `${site.origin}/controls`;
  for (const [why, step] of [
    ["a missing element", click("#nowhere")],
    ["a selector that fits two", click("option")],
    ["a disabled button", click("#off")],
    ["a read-only field", input("#locked", "x")],
    [
      "an option that is not there",
      {
        type: "select",
        selectors: [{ strategy: "css", value: "#single", priority: 1 }],
        tagName: "select",
        selectedValue: "zzz",
        selectedText: "Zebra",
        selectedIndex: 77,
      },
    ],
    ["a wrong text", checkText("h1", "Something else")],
    ["an invisible element", checkVisible("#not-here")],
    ["a wrong address", { type: "checkpoint", checkType: "urlMatch", expectedUrl: `${site.origin}/elsewhere`, passed: true }],
    ["a wrong title", { type: "checkpoint", checkType: "pageTitle", expectedValue: "Another title", passed: true }],
    ["a page that is not there", navigate(url, "http://127.0.0.1:9/")],
  ] as const) {
    const run = await perform(product.api, recording(url, [click("#check"), { ...step, timeout: 700 }, click("#check")]));
    expect(run.status, why).toBe("failed");
    expect(
      run.steps.map((one) => one.status),
      why,
    ).toEqual(["passed", "failed", "skipped"]);
    expect(run.error?.message, why).toBeTruthy();
  }
});

test("the element of a step that failed is outlined on its picture", async ({ studio, product, site }, info) => {
  const { api } = product;
  const document = recording(
    `${site.origin}/controls`,
    [checkText("h1", "Controls"), { ...checkText("label:has(#single)", "Color"), timeout: 700 }],
    {
      testName: "Spelling",
    },
  );
  const { id } = await api.post<{ id: string }>("/recordings", document);
  const run = await performStored(api, id);
  expect(run.error?.code).toBe("check-failed");
  await RunView.open(studio, product.url, run.id);
  const picture = studio.getByRole("img", { name: "The page after step 2, with the element of the step outlined" });
  const mark = picture.locator("xpath=..").locator("[data-spot]");
  await expect(mark).toBeVisible();
  const spot = run.steps[1]?.spot;
  const [whole, part] = [await picture.boundingBox(), await mark.boundingBox()];
  if (!spot || !whole || !part) throw new Error("there is no mark on the picture");
  // Of the picture as it is shown, whatever its size.
  expect(Math.abs(part.x - (whole.x + spot.x * whole.width))).toBeLessThan(2);
  expect(Math.abs(part.width - spot.width * whole.width)).toBeLessThan(2);
  expect(Math.abs(part.y - (whole.y + spot.y * whole.height))).toBeLessThan(2);
  expect(Math.abs(part.height - spot.height * whole.height)).toBeLessThan(2);
  await lookAt(studio, info, "marked");
});

test("a run that is filmed shows its film", async ({ studio, product, site }, info) => {
  const { api } = product;
  const document = recording(`${site.origin}/gestures`, [input("#text", "Ada"), checkText("h1", "Gestures")], { testName: "Filmed" });
  const { id } = await api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/recordings/${id}`);
  await studio.getByRole("button", { name: /^Run with options/ }).click();
  const dialog = studio.getByRole("dialog", { name: "Run recording" });
  await dialog.getByRole("combobox", { name: "Video" }).click();
  await studio.getByRole("option", { name: "Always kept" }).click();
  await lookAt(studio, info, "wanted", dialog);
  await dialog.getByRole("button", { name: "Start run" }).click();
  const view = await RunView.attach(studio);
  await view.expectPassed();
  await studio.getByRole("tab", { name: "Video" }).click();
  const film = studio.getByLabel("Film of the run");
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight])).toEqual([1280, 720]);
  expect(await film.evaluate((video: HTMLVideoElement) => video.duration)).toBeGreaterThan(0.1);
  await lookAt(studio, info, "film");
});

test("an unexpected dialog fails the step that raised it", async ({ product, site }) => {
  const run = await perform(product.api, recording(`${site.origin}/dialogs`, [click("#confirm"), checkText("#answer", "confirm: true")]), {
    timeout: 3000,
  });
  expect(run.status).toBe("failed");
  expect(JSON.stringify(run.steps)).toMatch(/dialog/i);
});

test("the command line performs the same file with the same verdict and says it in its exit status", async ({ product, site }, info) => {
  const good = info.outputPath("good.json");
  const bad = info.outputPath("bad.json");
  const steps = [input("#text", "from the shell"), checkText("h1", "Gestures")];
  await writeFile(good, JSON.stringify(recording(`${site.origin}/gestures`, steps, { testName: "From the shell" })));
  await writeFile(
    bad,
    JSON.stringify(
      recording(`${site.origin}/gestures`, [...steps, { ...click("#nowhere"), timeout: 700 }, click("#pad")], {
        testName: "From the shell",
      }),
    ),
  );

  const green = await command(["run", good, "--timing-mode", "instant", "--output", "json"]);
  expect(green.code, green.stderr).toBe(0);
  expect(JSON.parse(green.stdout)).toMatchObject({
    version: "1.0",
    status: "passed",
    result: { actionsExecuted: 2, actionsPassed: 2, actionsFailed: 0, errors: [] },
  });

  const red = await command([
    "run",
    bad,
    "--timing-mode",
    "instant",
    "--screenshot-mode",
    "on-failure",
    "--screenshot-dir",
    join(info.outputDir, "shots"),
    "--output",
    "json",
  ]);
  expect(red.code).toBe(1);
  expect(JSON.parse(red.stdout)).toMatchObject({
    status: "failed",
    result: { actionsPassed: 2, actionsFailed: 1, errors: [{ actionId: "act_003", actionType: "click" }] },
  });

  const talk = await command(["run", bad, "--timing-mode", "instant"]);
  expect(talk.code).toBe(1);
  expect(talk.stdout + talk.stderr).toMatch(/3/);
  expect(talk.stdout + talk.stderr).toContain("#nowhere");

  expect(
    (
      await performStored(
        product.api,
        (
          await product.api.post<{ id: string }>("/recordings", recording(`${site.origin}/gestures`, steps))
        ).id,
      )
    ).status,
  ).toBe("passed");
});

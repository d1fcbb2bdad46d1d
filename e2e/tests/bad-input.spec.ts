// Bad addresses and bad recordings: a clear message in the UI, the API and on the command line, nothing lost, no false pass.
import { writeFile } from "node:fs/promises";
import type { FixtureSite } from "../site/server.js";
import type { Run } from "../support/api.js";
import { checkText, click, navigate, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";
import { command, Proscenium } from "../support/proscenium.js";
import { finished, perform, RunView } from "../support/run-view.js";

const UNKNOWN_HOST = "http://no-such-host.invalid/";

interface BadAddress {
  readonly name: string;
  readonly address: (site: FixtureSite) => string;
  /** What the viewer and the run have to say. */
  readonly says: RegExp;
}
const ADDRESSES: BadAddress[] = [
  {
    name: "a host that refuses",
    address: (site) => `${site.deadOrigin}/`,
    says: /nothing listens|refused/i,
  },
  {
    name: "a host that does not exist",
    address: () => UNKNOWN_HOST,
    says: /no-such-host\.invalid|could not be found|name.*not.*(found|resolve)|dns/i,
  },
  { name: "a certificate nobody trusts", address: (site) => `${site.secureOrigin}/`, says: /certificate|tls|secure/i },
];

for (const { name, address, says } of ADDRESSES) {
  test(`${name} is explained in the live session, by the run and on the command line`, async ({ studio, product, site }, info) => {
    const url = address(site);
    await studio.getByRole("textbox", { name: "Page address" }).fill(url);
    await studio.getByRole("button", { name: "Open", exact: true }).click();
    await studio.waitForURL(/\/sessions\//);
    await expect(studio.getByRole("alert").filter({ hasText: says }).first()).toBeVisible();
    // The session is alive: the next address works.
    const live = await LiveSession.attach(studio, product.api);
    await live.goto(`${site.origin}/canvas`);
    await expect(studio.getByRole("alert").filter({ hasText: says })).toHaveCount(0);

    const document = recording(url, [click("h1")]);
    const run = await perform(product.api, document, { timeout: 4000 });
    expect(run.status).toBe("failed");
    expect(run.stepsPassed).toBe(0);
    expect(run.error?.message).toMatch(says);
    const view = await RunView.open(studio, product.url, run.id);
    await expect(view.verdict).toContainText(/Failed/);
    await expect(studio.getByRole("main")).toContainText(says);

    const file = info.outputPath("flow.json");
    await writeFile(file, JSON.stringify(document));
    const ran = await command(["run", file, "--timing-mode", "instant", "--timeout", "4000"]);
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toMatch(says);
  });
}

test("a 404 page is shown as the page it is, its status is told, and a check on it cannot pass by accident", async ({
  studio,
  product,
  site,
}) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/no-such-page`);
  await live.expectRemote("document.querySelector('h1').textContent", "404: there is no such page");
  await expect(studio.getByText(/404/).first()).toBeVisible();
  const run = await perform(product.api, recording(`${site.origin}/no-such-page`, [{ ...checkText("h1", "Welcome"), timeout: 700 }]));
  expect(run.status).toBe("failed");
  expect(run.steps[0]?.actual).toContain("404: there is no such page");
});

test("a page that never finishes loading can be worked in, stopped and left; a run on it ends by its deadline", async ({
  studio,
  product,
  site,
}) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/never`);
  await live.waitForRemote("#early");
  await expect(live.button("Stop loading")).toBeVisible();
  await live.button("Stop loading").click();
  await expect(live.button("Reload")).toBeVisible();
  await live.goto(`${site.origin}/canvas`);

  const run = await perform(
    product.api,
    recording(`${site.origin}/canvas`, [{ ...navigate(`${site.origin}/canvas`, `${site.origin}/never`), timeout: 1500 }]),
    { timeout: 1500 },
  );
  expect(run.status).not.toBe("passed");
  expect(run.steps[0]?.error?.message).toMatch(/load|time|deadline/i);
  const silent = await perform(product.api, recording(`${site.origin}/silent`, [click("h1")]), { timeout: 1500 });
  expect(silent.status).not.toBe("passed");
  expect(silent.error?.message).toMatch(/time|deadline|load/i);
});

test("a page of 200 MB neither stops the server nor the other sessions", async ({ studio, product, site }) => {
  test.setTimeout(240_000);
  const huge = await product.api.post<{ id: string }>("/sessions", { url: `${site.origin}/huge` });
  const live = await LiveSession.open(studio, product.api, `${site.origin}/gestures`);
  await live.fill("#text", "meanwhile");
  await live.expectRemote("document.querySelector('#text').value", "meanwhile");
  await expect.poll(() => product.api.evaluate(huge.id, "document.title").catch(() => null)).toBe("Huge");
  expect((await product.api.get<{ status: string }>("/health")).status).toBe("ok");
  await product.api.post(`/sessions/${huge.id}/stop`);
  await expect.poll(async () => (await product.api.get<{ status: string }>(`/sessions/${huge.id}`)).status).toBe("stopped");
});

test.describe("addresses the server must not reach", () => {
  let strict: Proscenium;
  test.beforeAll(async ({ site }) => {
    strict = await Proscenium.serve({ allowHosts: [new URL(site.otherOrigin).host] });
    await strict.api.claim(strict.link);
  });
  test.afterAll(() => strict.stop());

  test("loopback, metadata and private addresses are refused, straight, by redirect and as subresources, with the way out named", async ({
    page,
    context,
    site,
  }) => {
    await context.addCookies([strict.api.browserCookie()]);
    const before = site.seen.length;
    await page.goto(strict.url);
    await page
      .getByRole("textbox", { name: "Page address" })
      .fill(`${site.otherOrigin}/redirect?to=${encodeURIComponent(`${site.origin}/canvas`)}`);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForURL(/\/sessions\//);
    const refusal = page
      .getByRole("alert")
      .filter({ hasText: /127\.0\.0\.1/ })
      .first();
    await expect(refusal).toBeVisible();
    await expect(refusal).toContainText("--allow-host");
    const live = await LiveSession.attach(page, strict.api);

    for (const url of [
      `${site.origin}/canvas`,
      "http://169.254.169.254/latest/meta-data/",
      "http://[::1]:8080/",
      "http://10.0.0.1/",
      "http://2130706433/",
    ]) {
      await live.address.fill(url);
      await live.address.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: "--allow-host" }).first(), url).toBeVisible();
    }
    await live.goto(`${site.otherOrigin}/canvas`); // what was allowed works
    const answer = await live.evaluate<string>(
      `fetch(${JSON.stringify(`${site.origin}/canvas`)}, { mode: "no-cors" }).then(() => "reached", () => "refused")`,
    );
    expect(answer === "refused" || site.seen.slice(before).every((one) => one.host !== new URL(site.origin).host)).toBe(true);
    expect(site.seen.slice(before).filter((one) => one.host === new URL(site.origin).host)).toEqual([]);
  });

  test("a run that is redirected there fails with the same words", async ({ site }) => {
    const run = await perform(
      strict.api,
      recording(`${site.otherOrigin}/redirect?to=${encodeURIComponent(`${site.origin}/canvas`)}`, [click("#paper")]),
      { timeout: 3000 },
    );
    expect(run.status).toBe("failed");
    expect(run.stepsPassed).toBe(0);
    expect(JSON.stringify(run)).toContain("--allow-host");
  });
});

for (const [address, why] of [
  ["", "empty"],
  ["javascript:alert(1)", "a script"],
  ["file:///etc/passwd", "a local file"],
  ["chrome://version", "the browser's own page"],
  ["http://", "half an address"],
] as const) {
  test(`a session on ${why} is refused with a reason`, async ({ studio, product }) => {
    const answer = await product.api.ask<unknown>("POST", "/sessions", { url: address });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.error?.message).toMatch(/url|address|http/i);
    await studio.getByRole("textbox", { name: "Page address" }).fill(address);
    const open = studio.getByRole("button", { name: "Open", exact: true });
    if (await open.isEnabled()) {
      await open.click();
      await expect(studio.getByRole("alert").first()).toBeVisible();
    }
    await expect(studio).toHaveURL(`${product.url}/`);
  });
}

const BROKEN_RECORDINGS: { name: string; body: string; says: RegExp; shows?: RegExp }[] = [
  { name: "no JSON at all", body: "{ this is not json", says: /line \d+|column \d+|expected/i },
  { name: "JSON of something else", body: '["a","b"]', says: /object|recording|actions/i },
  { name: "no actions", body: JSON.stringify({ ...recording("http://example.test/", []), actions: undefined }), says: /actions/ },
  {
    name: "a step without a type",
    body: JSON.stringify(recording("http://example.test/", [click("a"), { ...click("b"), type: undefined as unknown as string }])),
    says: /actions\[1\].*type|type.*actions\[1\]/s,
  },
  {
    name: "an unknown step type",
    body: JSON.stringify(recording("http://example.test/", [click("a"), { type: "levitate" }])),
    says: /actions\[1\].*levitate|levitate.*actions\[1\]/s,
    shows: /Unknown step “levitate”/,
  },
  {
    name: "a selector of the wrong shape",
    body: JSON.stringify(recording("http://example.test/", [{ ...click("a"), selectors: "a" }])),
    says: /actions\[0\].*selectors/s,
  },
  { name: "a url that is none", body: JSON.stringify(recording("not a url", [click("a")])), says: /url/i },
];
for (const { name, body, says, shows } of BROKEN_RECORDINGS) {
  test(`a recording with ${name} is refused with its place, everywhere`, async ({ studio, product }, info) => {
    const report = await product.api.fetch("POST", "/recordings/validate", body);
    expect(report.status).toBeLessThan(500);
    expect(await report.text()).toMatch(says);

    const created = await product.api.ask<{ id: string }>("POST", "/recordings", body);
    if (created.error === undefined) {
      // Kept as it is (nothing is lost), but it does not run.
      const run = await product.api.ask<Run>("POST", "/runs", { recordingId: created.data.id });
      if (run.error === undefined) {
        const ended = await finished(product.api, run.data.id);
        expect(ended.status).toBe("failed");
        expect(JSON.stringify(ended)).toMatch(says);
      } else expect(JSON.stringify(run.error)).toMatch(says);
    } else {
      expect(created.status).toBeLessThan(500);
      expect(JSON.stringify(created.error)).toMatch(says);
    }

    const file = info.outputPath("broken.json");
    await writeFile(file, body);
    const validated = await command(["validate", file]);
    expect(validated.code).not.toBe(0);
    expect(validated.stdout + validated.stderr).toMatch(says);
    const ran = await command(["run", file]);
    expect(ran.code).not.toBe(0);
    expect(ran.stdout + ran.stderr).toMatch(says);

    await studio.goto(`${product.url}/recordings`);
    await studio.getByRole("button", { name: "Import recording" }).first().click();
    const dialog = studio.getByRole("dialog", { name: "Import recording" });
    await dialog.getByRole("textbox", { name: "Recording document" }).fill(body);
    await dialog.getByRole("button", { name: "Import" }).click();
    // What is kept is opened in the editor, which names what it cannot perform.
    await expect(
      studio
        .getByRole("main")
        .or(dialog)
        .getByText(shows ?? says)
        .first(),
    ).toBeVisible();
  });
}

test("a recording over 10 MB is refused by name of the limit and leaves the server well", async ({ product }, info) => {
  const body = JSON.stringify(recording("http://example.test/", [{ ...click("a"), text: "x".repeat(11 * 1024 * 1024) }]));
  const answer = await product.api.ask<unknown>("POST", "/recordings", body);
  expect(answer.status).toBe(413);
  expect(answer.error?.message).toMatch(/10 MB|10485760|too large/i);
  const file = info.outputPath("large.json");
  await writeFile(file, body);
  const ran = await command(["run", file]);
  expect(ran.code).not.toBe(0);
  expect(ran.stdout + ran.stderr).toMatch(/10 MB|10485760|too large/i);
  expect((await product.api.get<{ status: string }>("/health")).status).toBe("ok");
});

// Films from the form to the gallery: watched while they are made, played, filmed again, deleted and brought back.
import type { Locator, Page } from "@playwright/test";
import type { Api } from "../support/api.js";
import { checkText, click, recording } from "../support/documents.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

interface Film {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly setup: { readonly width: number; readonly format: string };
  readonly result?: { readonly chapters: { startMs: number; title: string }[]; readonly steps: { atMs: number; what: string }[] };
}

/** So small that it takes seconds. */
const small = { width: 480, height: 320, fps: 12, kbps: 300, look: { frame: "none" } };

const script = (origin: string) => `# Two parts
title: A greeting
url: ${origin}/form
steps:
  - chapter: The name
  - type: Ada
    into: "#email"
    caption: Key by key
  - pause: 1s
  - chapter: The rest
  - scroll: bottom
  - pause: 1s
`;

const stage = (studio: Page) => studio.getByRole("region", { name: "Stage" });
const editor = (studio: Page) => studio.getByRole("textbox", { name: "Storyboard" });
const films = (studio: Page) => studio.getByRole("list", { name: "Films" }).getByRole("listitem");
const idOf = (studio: Page) => /\/films\/([0-9a-f-]{36})/.exec(studio.url())?.[1] ?? "";

async function write(studio: Page, text: string): Promise<void> {
  await studio.getByRole("radio", { name: "Storyboard" }).click();
  await editor(studio).fill(text);
}

async function takeSmall(studio: Page): Promise<void> {
  await studio.getByLabel("Quality").click();
  await studio.getByRole("option", { name: "Custom" }).click();
  await studio.getByLabel("Width, px").fill(String(small.width));
  await studio.getByLabel("Height, px").fill(String(small.height));
  await studio.getByLabel("Frames a second").fill(String(small.fps));
  await studio.getByLabel("kbit/s").fill(String(small.kbps));
}

/** The darkest and the brightest shade at the upper left corner of what a player shows. */
const shades = (video: Locator) =>
  video.evaluate((element: HTMLVideoElement) => {
    const picture = new OffscreenCanvas(element.videoWidth, element.videoHeight).getContext("2d");
    if (!picture || element.readyState < 2 || element.seeking) return { darkest: Number.NaN, brightest: Number.NaN };
    picture.drawImage(element, 0, 0);
    const [x, y] = [element.videoHeight * 0.07, element.videoHeight * 0.07];
    const { data } = picture.getImageData(x, y, element.videoWidth * 0.15, element.videoHeight * 0.04);
    const greens = data.filter((_, index) => index % 4 === 1);
    return { darkest: Math.min(...greens), brightest: Math.max(...greens) };
  });

/** The film when nothing changes any more. */
async function ended(api: Api, id: string): Promise<Film> {
  await expect
    .poll(async () => (await api.get<Film>(`/films/${id}`)).status, { timeout: 90_000, intervals: [250] })
    .toMatch(/^(done|failed|cancelled)$/);
  return api.get<Film>(`/films/${id}`);
}

test("a storyboard becomes a film that is watched, played, filmed again, deleted and brought back", async ({
  studio,
  product,
  site,
}, info) => {
  test.setTimeout(360_000);
  const { api } = product;
  // Other tests may have left theirs.
  for (const { id } of await api.get<Film[]>("/films?limit=100")) await api.ask("DELETE", `/films/${id}`);
  await studio.goto(`${product.url}/films`);
  await expect(studio.getByText("No films yet")).toBeVisible();
  await lookAt(studio, info, "empty");
  await studio.getByRole("link", { name: "Make a film" }).click();
  await expect(stage(studio).getByText("Nothing on the stage")).toBeVisible();
  await lookAt(studio, info, "address");
  await write(studio, script(site.origin));
  await takeSmall(studio);
  await studio.getByLabel("Frame", { exact: true }).click();
  await studio.getByRole("option", { name: "None" }).click();
  await studio.getByLabel("Name").fill("Greeting, filmed");
  await lookAt(studio, info, "storyboard");
  await editor(studio).focus();
  await studio.keyboard.press("Control+Enter");

  // The camera's picture, the step in words and how many of them are over.
  await expect(stage(studio).getByRole("img", { name: "What the film shows just now", exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(stage(studio).getByRole("progressbar")).toBeVisible();
  await expect(stage(studio).getByRole("status", { name: "Progress" })).toContainText(/of 6 steps/);
  const shown = stage(studio).getByLabel("Greeting, filmed", { exact: true });
  await expect(shown).toBeVisible({ timeout: 90_000 });
  await lookAt(studio, info, "done");
  await stage(studio).getByRole("link", { name: "Open the film" }).click();
  await studio.waitForURL(/\/films\/[0-9a-f-]{36}/);

  const first = await api.get<Film>(`/films/${idOf(studio)}`);
  const video = studio.getByRole("region", { name: "Film", exact: true }).locator("video");
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.duration)).toBeGreaterThan(3);
  const at = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  await video.evaluate((element: HTMLVideoElement) => element.play());
  await expect.poll(at).toBeGreaterThan(0.2);
  await video.evaluate((element: HTMLVideoElement) => element.pause());
  const chapter = first.result?.chapters.find(({ title }) => title === "The rest");
  const chapters = studio.getByRole("region", { name: "Chapters" });
  await chapters.getByRole("button", { name: /The rest/ }).click();
  await expect.poll(at).toBeCloseTo((chapter?.startMs ?? 0) / 1000, 1);
  await expect(chapters.getByRole("button", { name: /The rest/ })).toHaveAttribute("aria-current", "true");
  const steps = studio.getByRole("region", { name: "Steps" }).getByRole("button");
  await expect(steps).toHaveCount(first.result?.steps.length ?? 0);
  await steps.last().click();
  const moment = (first.result?.steps.at(-1)?.atMs ?? 0) / 1000;
  await expect.poll(at).toBeCloseTo(moment, 1);
  await lookAt(studio, info, "film");
  await studio.locator("[data-timeline]").hover({ position: { x: 300, y: 16 } });
  await expect(studio.locator("[data-timeline] [style*=sprite]")).toBeVisible();
  await studio.screenshot({ path: info.outputPath("timeline.png") });
  // The address alone brings back the moment.
  await studio.reload();
  await expect.poll(at).toBeCloseTo(moment, 1);
  const about = studio.getByRole("region", { name: "About this film" });
  await expect(about).toContainText("480 × 320 · 12 fps");
  await expect(about).toContainText("h264 in MP4");
  for (const name of [/^Film/, /^Poster/, /^Teaser/, /^Storyboard/]) {
    const path = await about.getByRole("link", { name }).getAttribute("href");
    expect((await api.fetch("GET", path?.replace("/api/v1", "") ?? "")).status).toBe(200);
  }

  await studio.getByRole("button", { name: "Cut", exact: true }).click();
  const cut = studio.getByRole("form", { name: "Cut" });
  await studio
    .getByRole("region", { name: "Film", exact: true })
    .locator("video")
    .evaluate((element: HTMLVideoElement) => {
      element.currentTime = 1;
    });
  await cut.getByRole("button", { name: "Begin here" }).click();
  await expect(cut.getByLabel("From, s")).toHaveValue("1");
  await cut.getByLabel("To, s").fill("0.5");
  await expect(cut.getByText("After its beginning")).toBeVisible();
  await expect(cut.getByRole("button", { name: "Make the cut" })).toBeDisabled();
  await cut.getByLabel("To, s").fill("3");
  await cut.getByRole("button", { name: "Add" }).click();
  const added = cut.getByRole("listitem", { name: "Clip 2" });
  await added.getByLabel("From, s").fill("2");
  await added.getByLabel("To, s").fill("3");
  await added.getByLabel("Comes in by").click();
  await studio.getByRole("option", { name: /Dissolve/ }).click();
  await added.getByRole("button", { name: "Earlier" }).click();
  await added.getByRole("button", { name: "Earlier" }).focus();
  // Words over it, by keyboard alone: from the moment that the player shows, which is 500 ms less into the new film.
  await cut.getByRole("button", { name: "Lay a text over it" }).focus();
  await studio.keyboard.press("Enter");
  const words = cut.getByRole("listitem", { name: "Text 1" });
  await expect(words.getByLabel("Words")).toBeFocused();
  await expect(cut.getByRole("button", { name: "Make the cut" })).toBeDisabled();
  await studio.keyboard.type("New: <b>Ada</b> & 'all'");
  await words.getByLabel("From, s").fill("9");
  await expect(words.getByText("After the end")).toBeVisible();
  await words.getByLabel("From, s").fill("0");
  await words.getByLabel("To, s").fill("");
  await words.getByLabel("Place").focus();
  await studio.keyboard.press("Enter");
  await studio.getByRole("option", { name: "Top left" }).click();
  // Over the player, as it will be.
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = 2.5;
  });
  await expect(studio.locator("[data-text-preview]")).toHaveText("New: <b>Ada</b> & 'all'");
  await cut.getByRole("button", { name: "Another text" }).click();
  const other = cut.getByRole("listitem", { name: "Text 2" });
  await expect(other.getByLabel("From, s")).toHaveValue("0.5");
  await other.getByRole("button", { name: "Remove the text" }).click();
  await expect(cut.getByRole("button", { name: "Another text" })).toBeFocused();
  await lookAt(studio, info, "cut", cut.getByRole("button", { name: "Another text" }));
  await cut.getByRole("button", { name: "Make the cut" }).click();
  await studio.waitForURL((url) => !url.pathname.includes(first.id));
  await expect(studio.getByRole("status", { name: "Status" })).toContainText("Done", { timeout: 120_000 });
  const made = await api.get<Film & { order: { edit: unknown }; result: { durationMs: number; way: string } }>(`/films/${idOf(studio)}`);
  expect([made.name, made.result.way]).toEqual(["Greeting, filmed, cut", "edit"]);
  expect(Math.abs(made.result.durationMs - 3000)).toBeLessThan(200);
  expect(made.order.edit).toMatchObject({ overlays: [{ text: "New: <b>Ada</b> & 'all'", place: "top-left" }] });
  // White letters on a dark plate, whatever is below them.
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = 2;
  });
  await expect.poll(async () => (await shades(video)).darkest).toBeLessThan(70);
  await expect.poll(async () => (await shades(video)).brightest).toBeGreaterThan(200);
  await expect(studio.getByRole("button", { name: "Change the cut" })).toBeVisible();
  await lookAt(studio, info, "cut-made");
  await studio.getByRole("button", { name: "Delete" }).click();
  // Whoever leaves at once takes the request along.
  await expect.poll(async () => (await api.ask("GET", `/films/${made.id}`)).status).toBe(404);
  await studio.goto(`${product.url}/films/${first.id}`);

  await studio.getByRole("button", { name: "Film again…" }).click();
  const dialog = studio.getByRole("dialog", { name: "Film again" });
  await dialog.getByLabel("Format").click();
  await studio.getByRole("option", { name: "WebM" }).click();
  await lookAt(studio, info, "again");
  await dialog.getByRole("button", { name: "Film again" }).click();
  await studio.waitForURL((url) => !url.pathname.includes(first.id));
  await expect(about).toContainText("vp9 in WebM", { timeout: 120_000 });
  const second = await api.get<Film & { againOf: string }>(`/films/${idOf(studio)}`);
  expect([second.againOf, second.setup.width, second.setup.format]).toEqual([first.id, 480, "webm"]);
  await studio.getByRole("button", { name: "Edit as storyboard" }).click();
  await expect(editor(studio)).toHaveValue(script(site.origin));

  await studio.goto(`${product.url}/films`);
  await expect(films(studio)).toHaveCount(2);
  await lookAt(studio, info, "gallery");
  await studio.emulateMedia({ reducedMotion: "no-preference" });
  await films(studio).first().hover();
  await expect(films(studio).first().locator("video")).toBeVisible();
  await expect
    .poll(() =>
      films(studio)
        .first()
        .locator("video")
        .evaluate((element: HTMLVideoElement) => element.currentTime),
    )
    .toBeGreaterThan(0);
  await studio.mouse.move(0, 0);
  await films(studio).last().getByRole("link").focus();
  await expect(films(studio).last().locator("video")).toBeVisible();
  await expect(films(studio).first().locator("video")).toHaveCount(0);
  await studio.emulateMedia({ reducedMotion: "reduce" });
  await expect(films(studio).locator("video")).toHaveCount(0);
  await studio.getByRole("button", { name: "More for Greeting, filmed" }).first().click();
  await studio.getByRole("menuitem", { name: "Delete" }).click();
  await expect(films(studio)).toHaveCount(1);
  expect((await api.ask("GET", `/films/${second.id}`)).status).toBe(404);
  await studio.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect(films(studio)).toHaveCount(2);
  expect((await api.get<Film>(`/films/${second.id}`)).status).toBe("done");
});

test("a film that is being made shows how far it is, in the gallery too, and is cancelled", async ({ studio, product, site }, info) => {
  test.setTimeout(240_000);
  const { api } = product;
  const steps = [{ hover: "#email" }, { pause: "200ms" }, { caption: "Wait a long time", pause: "5m" }, { scroll: "bottom" }];
  const { id } = await api.post<Film>("/films", { ...small, name: "A long one", storyboard: { url: `${site.origin}/form`, steps } });
  await studio.goto(`${product.url}/films/${id}`);
  await expect(studio.getByRole("status", { name: "Progress" })).toContainText("2 of 4 steps · 50 %", { timeout: 60_000 });
  const picture = studio.getByRole("img", { name: "What the film shows just now", exact: true });
  const before = await picture.getAttribute("src");
  await expect.poll(() => picture.getAttribute("src"), { message: "the picture is another one" }).not.toBe(before);
  await lookAt(studio, info, "making");
  // The same over a WebSocket: events as texts, pictures as JPEG.
  const listening = studio.evaluate(
    (path) =>
      new Promise<{ kinds: string[]; pictures: number[][] }>((resolve, reject) => {
        const socket = new WebSocket(path);
        socket.binaryType = "arraybuffer";
        const heard = { kinds: [] as string[], pictures: [] as number[][] };
        socket.onmessage = ({ data }) => {
          if (typeof data === "string") heard.kinds.push(JSON.parse(data).kind);
          else heard.pictures.push([...new Uint8Array(data, 0, 2)]);
          if (heard.kinds.includes("film.step") && heard.pictures.length > 0) {
            socket.close();
            resolve(heard);
          }
        };
        socket.onerror = () => reject(new Error("the socket failed"));
      }),
    `/api/v1/films/${id}/live`,
  );
  const { kinds, pictures } = await listening;
  expect(kinds.slice(0, 2)).toEqual(["film.queued", "film.started"]);
  expect(pictures[0]).toEqual([0xff, 0xd8]);
  await studio.goto(`${product.url}/films?status=filming`);
  await expect(studio.getByRole("progressbar", { name: "Progress of A long one" })).toHaveAttribute("aria-valuenow", "50");
  await lookAt(studio, info, "making-gallery");
  await studio.getByRole("link", { name: "A long one" }).click();
  await studio.getByRole("button", { name: "Cancel" }).click();
  await expect(studio.getByText("Cancelled after 2 of 4 steps")).toBeVisible({ timeout: 30_000 });
  expect((await ended(api, id)).status).toBe("cancelled");
  await lookAt(studio, info, "cancelled");
  // Who comes late is told everything from the beginning, and the end.
  const told = await studio.evaluate(
    (path) =>
      new Promise<string[]>((resolve, reject) => {
        const socket = new WebSocket(path);
        const texts: string[] = [];
        socket.onmessage = ({ data }) => typeof data === "string" && texts.push(JSON.parse(data).kind);
        socket.onclose = ({ code }) => (code === 1000 ? resolve(texts) : reject(new Error(`closed with ${code}`)));
      }),
    `/api/v1/films/${id}/live`,
  );
  expect([told[0], told.at(-1)]).toEqual(["film.queued", "film.finished"]);
  await studio.getByRole("button", { name: "Delete" }).click();
  await studio.waitForURL(/\/films$/);
});

test("what is wrong with a storyboard is said where it is written, and at which step a film failed", async ({
  studio,
  product,
  site,
}, info) => {
  test.setTimeout(240_000);
  await studio.goto(`${product.url}/films/new`);
  await write(studio, `url: ${site.origin}/form\nsteps: [\n`);
  await expect(studio.getByRole("status", { name: "Storyboard problem" })).toContainText(/^Line \d: /);
  await expect(studio.getByRole("button", { name: /^Film/ })).toBeDisabled();
  await write(studio, `url: ${site.origin}/form\nsteps:\n  - pause: 1s\n  - jump: up\n`);
  await studio.getByRole("button", { name: /^Film/ }).click();
  const refusal = studio.getByRole("region", { name: "Order" }).getByRole("alert");
  await expect(refusal).toContainText("storyboard.steps[1]");
  await expect(refusal).toContainText("line 4");
  await lookAt(studio, info, "refused");

  await write(studio, `url: ${site.origin}/form\nsteps:\n  - pause: 50ms\n  - click: "#nowhere"\n`);
  await takeSmall(studio);
  await studio.keyboard.press("Control+Enter");
  await expect(refusal).toBeHidden();
  const failure = studio.getByRole("alert").filter({ hasText: "Step 2 could not be performed" });
  await expect(failure).toContainText("#nowhere", { timeout: 90_000 });
  await stage(studio).getByRole("link", { name: "Open the film" }).click();
  await expect(failure).toContainText("Change the step in the storyboard");
  const footage = failure.getByLabel("What was filmed until then");
  await expect.poll(() => footage.evaluate((element: HTMLVideoElement) => element.duration)).toBeGreaterThan(0.5);
  await lookAt(studio, info, "failed");
  // A visit later the draft is still there.
  await failure.getByRole("button", { name: "Edit as storyboard" }).click();
  await expect(editor(studio)).toHaveValue(/#nowhere/);
  await studio.reload();
  await expect(editor(studio)).toHaveValue(/#nowhere/);
  await studio.goBack();
  const failed = idOf(studio);
  await failure.getByRole("button", { name: "Try again" }).click();
  await studio.waitForURL((url) => !url.pathname.includes(failed));
  await expect(failure).toContainText("#nowhere", { timeout: 90_000 });
});

test("an address becomes a tour and a recording a film, each reached by a link", async ({ studio, product, site }, info) => {
  test.setTimeout(240_000);
  const { api } = product;
  const page = `${site.origin}/form`;
  await studio.goto(`${product.url}/films/new?url=${encodeURIComponent(page)}`);
  await expect(studio.getByLabel("Page address")).toHaveValue(page);
  await studio.getByLabel("Template").click();
  await studio.getByRole("option", { name: "Hero" }).click();
  await studio.getByLabel("Duration, s").fill("4");
  await takeSmall(studio);
  await studio.keyboard.press("Control+Enter");
  await stage(studio).getByRole("link", { name: "Open the film" }).click();
  await studio.waitForURL(/\/films\/[0-9a-f-]{36}/);
  const tour = await ended(api, idOf(studio));
  expect(tour.status).toBe("done");
  await studio.getByRole("button", { name: "Edit as storyboard" }).click();
  await expect(editor(studio)).toHaveValue(/steps:/);

  const document = recording(page, [click("h1"), checkText("h1", "${HEADING}")], {
    testName: "Look at the heading",
    variables: [{ name: "HEADING", fieldType: "text", placeholder: "${HEADING}" }],
  });
  const kept = await api.post<{ id: string }>("/recordings", document);
  await studio.goto(`${product.url}/recordings`);
  await studio.getByRole("button", { name: "More for Look at the heading" }).click();
  await studio.getByRole("menuitem", { name: "Film…" }).click();
  await studio.waitForURL(`**/films/new?recording=${kept.id}`);
  await expect(studio.getByRole("combobox", { name: "Recording" })).toContainText("Look at the heading");
  const order = studio.getByRole("region", { name: "Order" });
  await studio.keyboard.press("Control+Enter");
  await expect(order.getByRole("alert")).toContainText("Give a value for HEADING");
  await order.getByRole("textbox", { name: "HEADING" }).fill("Your details");
  await lookAt(studio, info, "recording");
  await studio.keyboard.press("Control+Enter");
  await expect(stage(studio).getByLabel("Look at the heading", { exact: true })).toBeVisible({ timeout: 90_000 });
  await studio.goto(`${product.url}/recordings/${kept.id}`);
  await studio.getByRole("link", { name: "Film…" }).click();
  await expect(studio.getByRole("radio", { name: "Recording" })).toBeChecked();
});

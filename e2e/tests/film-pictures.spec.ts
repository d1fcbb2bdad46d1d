// Pictures over cuts: sent, seen over the player, deleted and brought back, and in the film; what the form has no field for stays.
import { crc32, deflateSync } from "node:zlib";
import type { Locator } from "@playwright/test";
import type { Api } from "../support/api.js";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

interface Film {
  readonly id: string;
  readonly status: string;
  readonly order: { edit: { overlays: unknown[] } };
}

/** A picture of one colour that no page of the tests has. */
function magenta(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8); // Eight bits each of red, green and blue.
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * 3, Buffer.from([255, 0, 255]))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

async function made(api: Api, order: object): Promise<Film> {
  const { id } = await api.post<{ id: string }>("/films", order);
  await expect
    .poll(async () => (await api.get<Film>(`/films/${id}`)).status, { timeout: 90_000, intervals: [250] })
    .toMatch(/^(done|failed|cancelled)$/);
  return api.get<Film>(`/films/${id}`);
}

/** What a player shows at a place, in shares of its picture, as red, green and blue. */
const colourAt = (video: Locator, x: number, y: number) =>
  video.evaluate(
    (element: HTMLVideoElement, [x, y]) => {
      const picture = new OffscreenCanvas(element.videoWidth, element.videoHeight).getContext("2d");
      if (!picture || element.readyState < 2 || element.seeking) return [];
      picture.drawImage(element, 0, 0);
      return [...picture.getImageData(element.videoWidth * x, element.videoHeight * y, 1, 1).data.slice(0, 3)];
    },
    [x, y] as const,
  );

test("a picture is sent, laid over a cut and seen in its film, and the rest of the cut stays", async ({ studio, product, site }, info) => {
  test.setTimeout(180_000);
  const { api } = product;
  const film = await made(api, {
    width: 480,
    height: 320,
    fps: 12,
    kbps: 300,
    look: { frame: "none" },
    storyboard: { url: `${site.origin}/form`, steps: [{ chapter: "One" }, { pause: 700 }, { chapter: "Prices" }, { pause: 900 }] },
  });
  const edit = {
    width: 360,
    height: 240,
    campaign: "spring",
    clips: [
      { film: film.id, chapter: "Prices", crop: { x: 0, y: 0, width: 450, height: 300 } },
      { film: film.id, to: 600, speed: 1.25, transition: { kind: "dissolve", duration: 200 } },
    ],
  };
  const first = await made(api, { name: "Prices", edit });
  expect(first.status).toBe("done");
  await studio.goto(`${product.url}/films/${first.id}`);
  await studio.getByRole("button", { name: "Change the cut" }).click();
  const cut = studio.getByRole("form", { name: "Cut" });
  const [one, two] = [cut.getByRole("listitem", { name: "Clip 1" }), cut.getByRole("listitem", { name: "Clip 2" })];
  await expect(one.getByText("Chapter “Prices”")).toBeVisible();
  await expect(one.getByText("Cropped to 450 × 300")).toBeVisible();
  await expect(one.getByLabel("From, s")).toHaveCount(0);
  await expect(two.getByRole("combobox", { name: "Speed" })).toContainText("1.25 ×");
  await expect(two.getByText("Transition 0.2 s")).toBeVisible();
  await expect(cut.getByRole("list", { name: "The film, as before" })).toContainText("360 × 240");

  // By keyboard: the picture that was asked for is the one to be sent.
  await cut.getByRole("button", { name: "Lay a picture over it" }).focus();
  await studio.keyboard.press("Enter");
  const picture = cut.getByRole("listitem", { name: "Picture 1" });
  await expect(picture.getByRole("button", { name: "Send a picture" })).toBeFocused();
  await expect(picture.getByText("Which picture?")).toBeVisible();
  await expect(cut.getByRole("button", { name: "Make the cut" })).toBeDisabled();
  const news = studio.getByRole("region", { name: "Notifications" });
  const send = (name: string, buffer: Buffer) =>
    picture.getByLabel("File: Picture 1").setInputFiles({ name, mimeType: "image/png", buffer });
  await send("drawing.png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
  await expect(news).toContainText("The picture was not taken");
  await expect(news).toContainText("drawing.png");
  await send("logo.png", magenta(120, 60));
  const chosen = picture.getByRole("combobox", { name: "Picture" });
  await expect(chosen).toContainText("logo.png");
  await expect(picture.getByRole("img", { name: "logo.png" })).toBeVisible();
  await picture.getByRole("button", { name: "Delete logo.png" }).click();
  await expect(chosen).toContainText("None yet");
  await news.getByRole("button", { name: "Undo" }).click();
  await chosen.click();
  await studio.getByRole("option", { name: /logo.png/ }).click();
  await picture.getByLabel("Width, px").fill("4");
  await expect(picture.getByText("8 to 4096")).toBeVisible();
  await picture.getByLabel("Width, px").fill("90");
  await picture.getByLabel("Opacity, %").fill("90");
  await picture.getByLabel("Place").click();
  await studio.getByRole("option", { name: "Top left" }).click();
  // Over the player, as it will be: a quarter as wide as the film.
  const video = studio.getByRole("region", { name: "Film", exact: true }).locator("video");
  const over = await studio.locator("[data-picture-preview]").boundingBox();
  const player = await video.boundingBox();
  expect((over?.width ?? 0) / (player?.width ?? 1)).toBeCloseTo(1 / 4, 2);
  await lookAt(studio, info, "cut-clips", one);
  await lookAt(studio, info, "cut-with-picture", cut.getByRole("list", { name: "The film, as before" }));

  await cut.getByRole("button", { name: "Make the cut" }).click();
  await studio.waitForURL((url) => !url.pathname.includes(first.id));
  await expect(studio.getByRole("status", { name: "Status" })).toContainText("Done", { timeout: 120_000 });
  const id = /\/films\/([0-9a-f-]{36})/.exec(studio.url())?.[1];
  const { order } = await api.get<Film>(`/films/${id}`);
  const [laid] = order.edit.overlays;
  expect(laid).toEqual({ picture: expect.any(String), place: "top-left", width: 90, opacity: 0.9 });
  expect(order.edit, "nothing else was changed").toEqual({ ...edit, overlays: [laid] });
  // Twelve pixels away from the edges, and not beside it.
  const isMagenta = async (x: number, y: number) => {
    const [red = 0, green = 0, blue = 0] = await colourAt(video, x, y);
    return red > 180 && green < 80 && blue > 180;
  };
  // A player that was never asked for a moment may have drawn none.
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = 1;
  });
  await expect.poll(() => isMagenta(0.15, 0.15)).toBe(true);
  expect(await isMagenta(0.6, 0.15)).toBe(false);
});

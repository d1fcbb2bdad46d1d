// The playground draws what is typed, the gallery keeps it, and what is wrong with the code is said.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

const sketch =
  "function setup() { createCanvas(320, 200) }\nfunction draw() { background(frameCount * 8, 60, 90); circle(160, 100, frameCount * 5) }\n";

async function write(studio: Page, code: string): Promise<void> {
  await studio.getByRole("textbox", { name: "Code" }).fill(code);
}

const stage = (studio: Page) => studio.getByRole("region", { name: "Stage" });

test("a sketch becomes a picture and a film, the same again is not drawn again, and both are in the gallery", async ({
  studio,
  product,
}, info) => {
  test.setTimeout(240_000);
  await studio.goto(`${product.url}/renders`);
  await expect(studio.getByText("No renders yet")).toBeVisible();
  await lookAt(studio, info, "empty");
  await studio.getByRole("link", { name: "Open the playground" }).click();
  await expect(studio.getByText("Nothing on the stage")).toBeVisible();
  await write(studio, sketch);
  await studio.getByLabel("Width, px").fill("320");
  await studio.getByLabel("Height, px").fill("200");
  await studio.keyboard.press("Control+Enter");
  const picture = stage(studio).getByRole("img", { name: /png/ });
  await expect(picture).toBeVisible({ timeout: 60_000 });
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]))).toEqual(
    [320, 200],
  );
  await expect(stage(studio).getByText("320 × 200")).toBeVisible();
  await lookAt(studio, info, "picture", stage(studio));

  // The same job is answered from the store.
  await studio.getByRole("button", { name: "Render", exact: false }).first().click();
  await expect(stage(studio).getByText("nothing: the same had been made before")).toBeVisible({ timeout: 30_000 });

  await studio.getByLabel("Output").click();
  await studio.getByRole("option", { name: "MP4 film" }).click();
  await studio.getByRole("slider", { name: /Duration/ }).fill("1");
  await studio.keyboard.press("Control+Enter");
  const film = stage(studio).getByLabel("render.mp4", { exact: true });
  await expect(film).toBeVisible({ timeout: 90_000 });
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.duration)).toBeCloseTo(1, 1);
  await expect(stage(studio).getByText("30 frames, 30 a second")).toBeVisible();
  await lookAt(studio, info, "film", stage(studio));

  await stage(studio).getByRole("link", { name: "All renders" }).click();
  await expect(studio.getByRole("list", { name: "Renders" }).getByRole("listitem")).toHaveCount(3);
  await lookAt(studio, info, "gallery");
  await studio.getByRole("list", { name: "Renders" }).getByRole("link").first().click();
  await expect(studio.getByRole("complementary", { name: "About this render" })).toContainText("createCanvas(320, 200)");
  await lookAt(studio, info, "render");
  await studio.getByRole("button", { name: "Delete" }).click();
  await expect(studio.getByRole("list", { name: "Renders" }).getByRole("listitem")).toHaveCount(2);
  await studio.getByRole("button", { name: "Render it again" }).click();
  await expect(studio.getByRole("complementary", { name: "About this render" })).toContainText("30 frames");
});

test("what is wrong with the code is said, and the code of any render can be taken up again", async ({ studio, product }, info) => {
  await studio.goto(`${product.url}/renders/new`);
  await write(studio, "function setup() { createCanvas(100, 100) }\nfunction draw() { nothing.is.here() }\n");
  await studio.keyboard.press("Control+Enter");
  const alert = stage(studio).getByRole("alert");
  await expect(alert).toContainText("The code cannot be drawn", { timeout: 60_000 });
  await expect(alert).toContainText("nothing");
  await lookAt(studio, info, "wrong", stage(studio));
  await write(studio, "");
  await expect(studio.getByRole("button", { name: /^Render/ })).toBeDisabled();
  await stage(studio).getByRole("button", { name: "Edit its code" }).click();
  await expect(studio.getByRole("textbox", { name: "Code" })).toHaveValue(/nothing\.is\.here/);
  // A visit later it is still there.
  await studio.reload();
  await expect(studio.getByRole("textbox", { name: "Code" })).toHaveValue(/nothing\.is\.here/);
});

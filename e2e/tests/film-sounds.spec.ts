// Sounds: sent, listened to, deleted and brought back where a film is asked for, and heard in it.
import { expect, test } from "../support/fixtures.js";
import { lookAt } from "../support/look-at.js";

/** A tone in an uncompressed file. */
function tone(seconds: number): Buffer {
  const rate = 8000;
  const samples = Buffer.alloc(seconds * rate * 2);
  for (let at = 0; at < samples.length; at += 2) samples.writeInt16LE(at % 40 < 20 ? 6000 : -6000, at);
  const head = Buffer.alloc(44);
  head.write("RIFF");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

test("a sound is sent, listened to, deleted, brought back and heard in a film", async ({ studio, product, site }, info) => {
  test.setTimeout(180_000);
  const { api } = product;
  await studio.goto(`${product.url}/films/new?url=${encodeURIComponent(`${site.origin}/form`)}`);
  const sound = studio.getByRole("group", { name: "Sound" });
  const news = studio.getByRole("region", { name: "Notifications" });
  const send = (field: string, name: string, buffer: Buffer) =>
    sound.getByLabel(`File: ${field}`).setInputFiles({ name, mimeType: "audio/wav", buffer });

  await send("Voice", "notes.wav", Buffer.from("no sound at all"));
  await expect(news).toContainText("The sound was not taken");
  await expect(news).toContainText("notes.wav");
  await send("Voice", "narration.wav", tone(5));
  const voice = sound.getByRole("combobox", { name: "Voice" });
  await expect(voice).toContainText("narration.wav");
  const heard = sound.getByLabel("narration.wav", { exact: true });
  await expect.poll(() => heard.evaluate((audio: HTMLAudioElement) => audio.play().then(() => audio.duration))).toBeCloseTo(5, 1);
  await send("Music", "theme.wav", tone(1));
  await sound.getByLabel("Music, %").fill("130");
  await expect(studio.getByRole("button", { name: /^Film/ })).toBeDisabled();
  await sound.getByLabel("Music, %").fill("30");
  const own = sound.getByRole("checkbox", { name: /The page's own sound/ });
  const every = studio.getByRole("checkbox", { name: /Every frame/ });
  await every.check();
  await expect(own, "a page whose clock waits is not heard").toBeDisabled();
  await every.uncheck();
  await own.check();
  await lookAt(studio, info, "sounds", sound);

  await sound.getByRole("button", { name: "Delete narration.wav" }).click();
  await expect(voice).toContainText("None");
  await news.getByRole("button", { name: "Undo" }).click();
  await voice.click();
  await studio.getByRole("option", { name: /narration.wav/ }).click();

  await studio.getByLabel("Template").click();
  await studio.getByRole("option", { name: "Hero" }).click();
  await studio.getByLabel("Duration, s").fill("3");
  await studio.getByLabel("Quality").click();
  await studio.getByRole("option", { name: /Low/ }).click();
  await studio.keyboard.press("Control+Enter");
  await studio.getByRole("region", { name: "Stage" }).getByRole("link", { name: "Open the film" }).click({ timeout: 120_000 });
  await studio.waitForURL(/\/films\/[0-9a-f-]{36}/);
  await expect(studio.getByRole("region", { name: "About this film" })).toContainText("aac", { timeout: 120_000 });
  await expect(studio.getByRole("list", { name: "Warnings" })).toContainText("it played nothing that can be heard");
  const id = /\/films\/([0-9a-f-]{36})/.exec(studio.url())?.[1];
  const film = await api.get<{ result: { durationMs: number } }>(`/films/${id}`);
  expect(film.result.durationMs, "as long as its voice").toBeGreaterThanOrEqual(4999);
  // A cut may have it too.
  await studio.getByRole("button", { name: "Cut", exact: true }).click();
  const cut = studio.getByRole("form", { name: "Cut" });
  await cut.getByRole("combobox", { name: "Music" }).click();
  await studio.getByRole("option", { name: /theme.wav/ }).click();
  await expect(cut.getByRole("checkbox", { name: /own sound/ }), "there is no page").toHaveCount(0);
  await lookAt(studio, info, "cut-with-music", cut.getByRole("combobox", { name: "Music" }));
});

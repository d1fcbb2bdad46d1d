// `node benches/peers/record.mjs [--seconds=10]`: the same page in motion, 1280 × 720, filmed by Playwright's `recordVideo` and by
// Proscenium at several rates. Which of the page's frames are in each film is read from a bar code, and how well they are kept by
// comparing some of them with screenshots of the same frames of the page (SSIM).
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { quietFlags } from "./lib/options.mjs";
import { serveSite } from "./lib/site.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const results = here("../results/");
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    browser: { type: "string", default: "/usr/bin/chromium-headless-shell" },
  },
  // The other measurements have options of their own.
  strict: false,
});
const seconds = Number(values.seconds);
const folder = mkdtempSync(path.join(tmpdir(), "record-bench-"));
const file = (name) => path.join(folder, name);
const site = await serveSite();
const page = `${site.url}/barcode.html`;

/** Playwright records with an ffmpeg of its own, which is the system's here, under the name that it looks for. */
function ownFfmpeg() {
  const require = createRequire(import.meta.url);
  const { browsers } = JSON.parse(readFileSync(path.join(path.dirname(require.resolve("playwright-core/package.json")), "browsers.json")));
  const { revision } = browsers.find(({ name }) => name === "ffmpeg");
  const home = file("browsers");
  mkdirSync(`${home}/ffmpeg-${revision}`, { recursive: true });
  symlinkSync("/usr/bin/ffmpeg", `${home}/ffmpeg-${revision}/ffmpeg-linux`);
  process.env.PLAYWRIGHT_BROWSERS_PATH = home;
}

async function playwright() {
  ownFfmpeg();
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: values.browser, args: quietFlags });
  const size = { width: 1280, height: 720 };
  const context = await browser.newContext({ viewport: size, recordVideo: { dir: folder, size } });
  const tab = await context.newPage();
  await tab.goto(page);
  await tab.waitForTimeout(seconds * 1000);
  const video = tab.video();
  await context.close();
  await browser.close();
  return video.path();
}

async function proscenium(rate, ...more) {
  const [script, target] = [file("script.json"), file(`proscenium-${rate}${more.join("")}.mp4`)];
  const look = { frame: "none", pointer: false };
  writeFileSync(script, JSON.stringify({ url: page, look, steps: [{ pause: `${seconds}s` }] }));
  const how = ["--preset", "medium", "--fps", String(rate), "--json", ...more];
  await run(here("../../target/release/proscenium"), ["film", script, "-o", target, ...how]);
  return target;
}

/** The numbers of the page's frames, as the film's frames show them, with their places in the film. */
function shown(film) {
  const filter = "crop=1280:60:0:10,scale=16:1:flags=area,format=gray";
  const { stdout } = spawnSync("ffmpeg", ["-v", "error", "-i", film, "-fps_mode", "passthrough", "-vf", filter, "-f", "rawvideo", "-"], {
    maxBuffer: 1 << 26,
  });
  const frames = [];
  for (let at = 0; at + 16 <= stdout.length; at += 16) {
    const number = stdout.subarray(at, at + 16).reduce((number, grey) => (number << 1) | (grey > 127 ? 1 : 0), 0);
    frames.push({ place: at / 16, number });
  }
  // Before the page is there, and where a bit is caught between two.
  return frames.filter(({ number }) => number > 0 && number < 30_000);
}

/** How alike some frames of a film are to what the page shows in them, 1 being the same. */
async function likeness(film, frames) {
  const step = Math.max(1, Math.floor(frames.length / compared));
  const chosen = frames.filter((_, index) => index % step === 0).slice(0, compared);
  const pictures = mkdtempSync(path.join(folder, "ssim-"));
  const select = chosen.map(({ place }) => `eq(n\\,${place})`).join("+");
  await run("ffmpeg", ["-v", "error", "-i", film, "-vf", `select='${select}'`, "-fps_mode", "passthrough", `${pictures}/film-%04d.png`]);
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: values.browser, args: quietFlags });
  const tab = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await tab.goto(`${page}#still`);
  for (const [index, { number }] of chosen.entries()) {
    await tab.evaluate((number) => show(number), number);
    await tab.screenshot({ path: `${pictures}/page-${String(index + 1).padStart(4, "0")}.png` });
  }
  await browser.close();
  const both = ["-i", `${pictures}/film-%04d.png`, "-i", `${pictures}/page-%04d.png`];
  const { stderr } = await run("ffmpeg", [...both, "-lavfi", "[0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]ssim", "-f", "null", "-"]);
  return Number(/All:([\d.]+)/.exec(stderr)[1]);
}

async function facts(film) {
  const entries = "stream=codec_name,avg_frame_rate:format=duration,bit_rate";
  const { stdout } = await run("ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", entries, "-of", "json", film]);
  const { streams, format } = JSON.parse(stdout);
  const [frames, per] = streams[0].avg_frame_rate.split("/").map(Number);
  return { codec: streams[0].codec_name, rate: frames / per, kbps: Math.round(Number(format.bit_rate) / 1000) };
}

/** Frames of each film that are compared with the page. */
const compared = 40;
const rows = [];
for (const [name, make] of [
  ["Playwright, recordVideo", playwright],
  ["Proscenium, 25 a second", () => proscenium(25)],
  ["Proscenium, 25 a second, Playwright's bitrate", () => proscenium(25, "--bitrate", String(rows[0]?.kbps ?? 300))],
  ["Proscenium, 60 a second", () => proscenium(60)],
  ["Proscenium, 60 a second, --perfect", () => proscenium(60, "--perfect")],
]) {
  try {
    const film = await make();
    const frames = shown(film);
    const numbers = frames.map(({ number }) => number);
    const different = new Set(numbers).size;
    const repeated = numbers.filter((number, index) => index > 0 && number === numbers[index - 1]).length;
    const backwards = numbers.filter((number, index) => index > 0 && number < numbers[index - 1]).length;
    rows.push({ name, frames: numbers.length, different, repeated, backwards, ...(await facts(film)), ssim: await likeness(film, frames) });
  } catch (error) {
    rows.push({ name, error: String(error.message).split("\n")[0] });
  }
  console.error(`measured ${name}`);
}
site.close();
rmSync(folder, { recursive: true });
mkdirSync(results, { recursive: true });
writeFileSync(`${results}record.json`, JSON.stringify(rows, null, 2));
console.log(`\n| ${seconds} s in motion, 1280 × 720 | frames | different | repeated | backwards | codec | kbit/s | SSIM |`);
console.log("|---|--:|--:|--:|--:|---|--:|--:|");
for (const row of rows) {
  const cells = row.error
    ? ["–", "–", "–", "–", `does not run here: ${row.error}`, "–", "–"]
    : [row.frames, row.different, row.repeated, row.backwards, row.codec, row.kbps, row.ssim.toFixed(4)];
  console.log(`| ${[row.name, ...cells].join(" | ")} |`);
}

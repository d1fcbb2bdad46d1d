// `node benches/peers/render.mjs [--frames=240]`: the same p5 sketch, 800 × 800, to an MP4 of 60 frames a second by every tool
// that does so, in turn; and how long a small picture takes when the renderer is warm. One run, one browser, one machine.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { capture, launch } from "puppeteer-capture";
import puppeteer from "puppeteer-core";
import timecut from "timecut";
import { quietFlags } from "./lib/options.mjs";
import { serveSite } from "./lib/site.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const results = here("../results/");
const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "240" },
    browser: { type: "string", default: "/usr/bin/chromium-headless-shell" },
  },
  // The other measurements have options of their own.
  strict: false,
});
const frames = Number(values.frames);
const [rate, side] = [60, 800];
const folder = mkdtempSync(path.join(tmpdir(), "render-bench-"));
const file = (name) => path.join(folder, name);
const site = await serveSite();
const page = `${site.url}/sketch.html`;

/** ffmpeg with pictures on its standard input, with the settings that the product gives it. */
function encoder(target) {
  const coding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart"];
  const input = ["-v", "error", "-y", "-f", "image2pipe", "-framerate", String(rate), "-i", "-"];
  const child = spawn("ffmpeg", [...input, ...coding, target], { stdio: ["pipe", "inherit", "inherit"] });
  const ended = new Promise((resolve, reject) => child.on("exit", (code) => (code ? reject(new Error(`ffmpeg: ${code}`)) : resolve())));
  const write = (bytes) => new Promise((resolve) => (child.stdin.write(bytes) ? resolve() : child.stdin.once("drain", resolve)));
  const end = () => {
    child.stdin.end();
    return ended;
  };
  return { write, end };
}

/** What everybody writes first: take a screenshot, let the page draw, again. */
async function screenshots(target) {
  const browser = await puppeteer.launch({ executablePath: values.browser, headless: "shell", args: quietFlags, pipe: true });
  const tab = await browser.newPage();
  await tab.setViewport({ width: side, height: side });
  await tab.goto(page);
  await tab.evaluate(() => noLoop());
  const film = encoder(target);
  const begun = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    await tab.evaluate(() => redraw());
    await film.write(await tab.screenshot({ type: "png", optimizeForSpeed: true }));
  }
  await film.end();
  const took = performance.now() - begun;
  await browser.close();
  return took;
}

async function puppeteerCapture(target) {
  // It takes no browser of another name.
  const named = file("chrome-headless-shell");
  writeFileSync(named, `#!/bin/sh\nexec "${values.browser}" "$@"\n`, { mode: 0o755 });
  const browser = await launch({ executablePath: named, args: quietFlags });
  // It may refuse the browser that it has started.
  try {
    const tab = await browser.newPage();
    await tab.setViewport({ width: side, height: side });
    const recorder = await capture(tab, { fps: rate, ffmpeg: "/usr/bin/ffmpeg" });
    await tab.goto(page);
    const begun = performance.now();
    await recorder.start(target);
    await recorder.waitForTimeout((frames / rate) * 1000);
    await recorder.stop();
    return performance.now() - begun;
  } finally {
    await browser.close();
  }
}

async function withTimecut(target) {
  const begun = performance.now();
  await timecut({
    url: page,
    viewport: { width: side, height: side },
    fps: rate,
    frames,
    output: target,
    quiet: true,
    pipeMode: true,
    launchArguments: quietFlags,
    executablePath: values.browser,
  });
  return performance.now() - begun;
}

const job = (more) => ({
  type: "p5",
  code: readFileSync(here("site/sketch.js"), "utf8"),
  width: side,
  height: side,
  ...more,
});

async function proscenium(target, ...more) {
  const document = file("sketch.job.json");
  writeFileSync(document, JSON.stringify(job({ output: "mp4", fps: rate, frames })));
  const { stdout } = await run(here("../../target/release/proscenium"), ["render", document, "-o", target, "--output", "json", ...more]);
  // Of drawing and encoding, once the page is there: the others are not timed before either.
  return (frames / JSON.parse(stdout).framesPerSecond) * 1000;
}

/** How many frames a film really has. */
async function counted(target) {
  const of = ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"];
  const { stdout } = await run("ffprobe", [...of, target]);
  return Number.parseInt(stdout, 10);
}

const rows = [];
for (const [name, make] of [
  ["Puppeteer, screenshots", screenshots],
  ["timecut", withTimecut],
  ["puppeteer-capture", puppeteerCapture],
  ["Proscenium", proscenium],
  ["Proscenium, --fast", (target) => proscenium(target, "--fast")],
]) {
  const target = file(`${name.replaceAll(/\W+/g, "-")}.mp4`);
  try {
    const took = await make(target);
    const drawn = await counted(target);
    rows.push({ name, frames: drawn, seconds: took / 1000, perSecond: drawn / (took / 1000) });
  } catch (error) {
    rows.push({ name, error: String(error.message).split("\n")[0] });
  }
  console.error(`measured ${name}`);
}

const pictures = JSON.parse((await run(here("../../target/release/examples/render_bench"), [], { timeout: 300_000 })).stdout);
site.close();
rmSync(folder, { recursive: true });
mkdirSync(results, { recursive: true });
writeFileSync(`${results}render.json`, JSON.stringify({ films: rows, pictures }, null, 2));

const of = (name) => rows.find((row) => row.name === name)?.perSecond;
const ratio = (row, other) => (other ? (row.perSecond / other).toFixed(2) : "–");
console.log(`\n| p5, ${side} × ${side}, ${frames} frames to MP4 | frames | frames a second | × screenshots | × puppeteer-capture |`);
console.log("|---|--:|--:|--:|--:|");
for (const row of rows) {
  const cells = row.error
    ? [row.name, "–", `does not run here: ${row.error}`, "–", "–"]
    : [row.name, row.frames, row.perSecond.toFixed(1), ratio(row, of("Puppeteer, screenshots")), ratio(row, of("puppeteer-capture"))];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log("\n| small pictures, warm | p50 ms | p95 ms | jobs a second |");
console.log("|---|--:|--:|--:|");
for (const row of pictures.filter(({ p50 }) => p50 !== undefined))
  console.log(`| ${row.name} | ${row.p50} | ${row.p95} | ${row.perSecond} |`);

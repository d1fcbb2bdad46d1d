// `node benches/peers/live.mjs [--seconds=5] [--repeat=3]`: the live view beside agent-browser's, in turn, as a table of ratios.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { options } from "./lib/options.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { browser, seconds } = options();

async function measure(script) {
  const { stdout } = await run("node", [here(script), `--browser=${browser}`, `--seconds=${seconds}`], { timeout: 180_000 });
  console.error(`measured ${script}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

const peer = await measure("live-agent-browser.mjs");
const ours = await measure("live-proscenium.mjs");
mkdirSync(here("../results/"), { recursive: true });
writeFileSync(here("../results/live.json"), JSON.stringify([peer, ours], null, 2));

console.log("\n| live view, 1280×720 | agent-browser | Proscenium | ratio |");
console.log("|---|--:|--:|--:|");
const row = (name, theirs, mine) => console.log(`| ${name} | ${theirs} | ${mine} | ${(mine / theirs).toFixed(2)} |`);
row("frames a second", peer.fps, ours.fps);
row("KiB a frame", peer.kbPerFrame, ours.kbPerFrame);
row("click to frame, p50 ms", peer.clickToFrameMs.p50, ours.clickToFrameMs.p50);
row("click to frame, p95 ms", peer.clickToFrameMs.p95, ours.clickToFrameMs.p95);
console.log(`\nServer start to first response: ${ours.firstResponseMs} ms. Idle memory of the server: ${ours.idleRssMib} MiB.`);
console.log(
  `Each extra viewer: ${ours.mibPerExtraViewer} MiB. Beside a stalled viewer: ${ours.besideStalledViewer.fps} frames a second (alone ${ours.fps}),`,
);
console.log(`server memory ${ours.besideStalledViewer.rssMib} MiB (before ${ours.besideStalledViewer.rssBeforeMib} MiB).`);

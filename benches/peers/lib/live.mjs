// How a live stream is measured, whoever sends it: the viewer hands over each frame's size and a way to its pixels.
import { setTimeout as pause } from "node:timers/promises";
import { distribution } from "./measure.mjs";

const CLICKS = 40;

/** Frames a second and kilobytes a frame on the wire, over some seconds after a warm-up of two. */
export async function rate(viewer, seconds) {
  let frames = 0;
  let bytes = 0;
  viewer.onFrame = (frame) => {
    frames += 1;
    bytes += frame.bytes;
  };
  await pause(2000);
  frames = 0;
  bytes = 0;
  const start = performance.now();
  await pause(seconds * 1000);
  const took = (performance.now() - start) / 1000;
  viewer.onFrame = () => {};
  return { fps: Number((frames / took).toFixed(1)), kbPerFrame: Number((bytes / frames / 1024).toFixed(1)) };
}

/** The green channel of the lamp on the still page tells whether the click is in the picture. */
function lampIsGreen(picture) {
  return picture.data[(64 * picture.width + 32) * 4 + 1] > 128;
}

/** Milliseconds from sending a click to the arrival of the first frame that shows it. */
export async function latencies(viewer, click) {
  await pause(1500);
  const times = [];
  let green = false;
  for (let count = 0; count < CLICKS; count += 1) {
    const shown = new Promise((resolve) => {
      const limit = setTimeout(() => resolve(null), 2000);
      viewer.onFrame = (frame) => {
        const arrived = performance.now();
        if (lampIsGreen(frame.picture()) === green) return;
        green = !green;
        clearTimeout(limit);
        resolve(arrived);
      };
    });
    const start = performance.now();
    click();
    const arrived = await shown;
    if (arrived === null) throw new Error(`click ${count} never showed`);
    times.push(arrived - start);
    // An irregular pause keeps the clicks from falling into step with the frames.
    await pause(120 + ((count * 37) % 40));
  }
  return distribution(times);
}

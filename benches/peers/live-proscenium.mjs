// Proscenium's live view at a WebSocket client: rate, bytes, click to frame, cost of viewers, effect of a stalled one.
import { setTimeout as pause } from "node:timers/promises";
import { latencies, rate } from "./lib/live.mjs";
import { residentMib } from "./lib/measure.mjs";
import { options } from "./lib/options.mjs";
import { startServer } from "./lib/proscenium.mjs";
import { serveSite } from "./lib/site.mjs";

const EXTRA_VIEWERS = 20;
const { seconds } = options();
const site = await serveSite();
const server = await startServer();
try {
  await pause(1000);
  const idleRssMib = residentMib(server.pid);
  const session = await server.call("POST", "/sessions", {
    url: `${site.url}/animated.html`,
    viewport: { width: 1280, height: 720 },
    frameRate: 60,
  });
  const viewer = await server.view(session.id);
  viewer.send({ t: "control", action: "take" });
  const alone = await rate(viewer, seconds);

  const oneViewerMib = residentMib(server.pid);
  const others = [];
  for (let count = 0; count < EXTRA_VIEWERS; count += 1) others.push(await server.view(session.id));
  await pause(2000);
  const manyViewersMib = residentMib(server.pid);
  for (const other of others) other.socket.terminate();

  const stalled = await server.view(session.id, { stalled: true });
  const besideStalled = await rate(viewer, seconds);
  const withStalledMib = residentMib(server.pid);
  stalled.socket.terminate();

  viewer.send({ t: "nav", action: "goto", url: `${site.url}/still.html` });
  const clickToFrameMs = await latencies(viewer, () => {
    for (const kind of ["down", "up"]) {
      viewer.send({ t: "mouse", kind, x: 640, y: 360, button: 0, buttons: kind === "down" ? 1 : 0, clicks: 1, mods: 0 });
    }
  });
  viewer.socket.close();
  console.log(
    JSON.stringify({
      runner: "proscenium",
      ...alone,
      clickToFrameMs,
      firstResponseMs: Math.round(server.firstResponseMs),
      idleRssMib,
      mibPerExtraViewer: Number(((manyViewersMib - oneViewerMib) / EXTRA_VIEWERS).toFixed(2)),
      besideStalledViewer: { ...besideStalled, rssMib: withStalledMib, rssBeforeMib: oneViewerMib },
    }),
  );
} finally {
  await server.stop();
  site.close();
}
process.exit(0);

// The live stream of agent-browser: frames a second and bytes a frame on an animated page, click to frame on a still one.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import jpeg from "jpeg-js";
import WebSocket from "ws";
import { latencies, rate } from "./lib/live.mjs";
import { options, quietFlags } from "./lib/options.mjs";
import { serveSite } from "./lib/site.mjs";

const { browser, seconds } = options();
const program = fileURLToPath(new URL("./node_modules/agent-browser/bin/agent-browser-linux-x64", import.meta.url));
const port = "19223";
const env = {
  ...process.env,
  AGENT_BROWSER_EXECUTABLE_PATH: browser,
  AGENT_BROWSER_SESSION: `bench-${process.pid}`,
  AGENT_BROWSER_STREAM_PORT: port,
  AGENT_BROWSER_ARGS: quietFlags.join(","),
};

function command(...parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env, stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", reject);
    child.on("exit", (code) => (code ? reject(new Error(`${parameters.join(" ")} ended with ${code}`)) : resolve()));
  });
}

const site = await serveSite();
try {
  await command("open", `${site.url}/animated.html`);
  await command("set", "viewport", "1280", "720");
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const viewer = { onFrame: () => {} };
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.type === "frame")
      viewer.onFrame({ bytes: data.length, picture: () => jpeg.decode(Buffer.from(message.data, "base64"), { useTArray: true }) });
  });
  socket.send(JSON.stringify({ type: "config", maxFps: 60 }));
  const stream = await rate(viewer, seconds);
  await command("open", `${site.url}/still.html`);
  const clickToFrameMs = await latencies(viewer, () => {
    for (const eventType of ["mousePressed", "mouseReleased"]) {
      socket.send(JSON.stringify({ type: "input_mouse", eventType, x: 640, y: 360, button: "left", clickCount: 1 }));
    }
  });
  console.log(JSON.stringify({ runner: "agent-browser", browser, ...stream, clickToFrameMs }));
  socket.close();
} finally {
  await command("close").catch(() => {});
  site.close();
}
process.exit(0);

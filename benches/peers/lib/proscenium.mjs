// A Proscenium server of the benchmark's own, signed in, and a viewer of its live sessions.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import jpeg from "jpeg-js";
import WebSocket from "ws";

const program = process.env.PROSCENIUM_BIN ?? fileURLToPath(new URL("../../../target/release/proscenium", import.meta.url));
const HEADER = 48;

/** Starts a server on a free port with its own data folder, and signs in by the one-time link it prints. */
export async function startServer() {
  const folder = mkdtempSync(path.join(tmpdir(), "proscenium-bench-"));
  const started = performance.now();
  const child = spawn(program, ["serve", "--port", "0", "--data-dir", folder, "--allow-host", "127.0.0.1"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const link = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`proscenium serve ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = line.match(/https?:\/\/\S+\/welcome\?token=(\S+)/);
      if (found) resolve(new URL(found[0]));
    });
  });
  const health = await fetch(new URL("/api/v1/health", link));
  if (!health.ok) throw new Error(`health answered ${health.status}`);
  const firstResponseMs = performance.now() - started;

  const origin = link.origin;
  let cookie = "";
  async function call(method, route, body) {
    const response = await fetch(`${origin}/api/v1${route}`, {
      method,
      headers: { "content-type": "application/json", origin, cookie },
      body: body && JSON.stringify(body),
    });
    const set = response.headers.getSetCookie();
    if (set.length) cookie = set.map((line) => line.split(";")[0]).join("; ");
    const answer = await response.json();
    if (!answer.success) throw new Error(`${method} ${route}: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }
  await call("POST", "/auth/claim", { token: link.searchParams.get("token") });

  return {
    pid: child.pid,
    firstResponseMs,
    call,
    /** A viewer; one that is `stalled` never acknowledges nor reads. */
    async view(session, { stalled = false } = {}) {
      const socket = new WebSocket(`${origin.replace("http", "ws")}/api/v1/sessions/${session}/live`, { headers: { cookie, origin } });
      const viewer = { onFrame: () => {}, socket, seq: 0 };
      viewer.send = (message) => socket.send(JSON.stringify({ ...message, seq: message.t === "ack" ? message.seq : ++viewer.seq }));
      socket.on("message", (data, binary) => {
        if (stalled || !binary) return;
        viewer.send({ t: "ack", seq: data.readUInt32LE(4) });
        viewer.onFrame({ bytes: data.length, picture: () => jpeg.decode(data.subarray(HEADER), { useTArray: true }) });
      });
      await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
      viewer.send({ t: "hello", name: "benchmark" });
      if (stalled) socket.pause();
      return viewer;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

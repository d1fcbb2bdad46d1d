import type { WebSocket } from "ws";
import { document, picture } from "./data.ts";
import type { CastFrame, MockStage } from "./stage.ts";

const HEADER = 48;
let frames = 0;
let viewers = 0;
const recording = { state: "recording" as string };
let dialog: object | undefined;
let highlight = false;
let viewport = { width: 1280, height: 720, deviceScaleFactor: 1, mobile: false, touch: false };

const steps = () =>
  document.actions.slice(0, 6).map((step, index) => ({
    index,
    step,
    title: [
      "Open shop.example",
      "Click “Add to cart” button",
      "Choose “Smoke” in “Shade”",
      "Type ${EMAIL} in “Email”",
      "Type ${PASSWORD} in “password”",
      "Press Enter",
    ][index],
    picture,
  }));

/** One viewer of the mock stage, in the words of the live protocol. */
export function serveLive(socket: WebSocket, stage: MockStage): void {
  const me = `0199c8f2-4a10-7b3e-9d10-${String(++viewers).padStart(12, "0")}`;
  let inputSeq = 0;
  let unacked = 0;
  let fresh: CastFrame | undefined;
  let sent = { frames: 0, bytes: 0 };
  const say = (notice: object) => socket.send(JSON.stringify(notice));

  const state = async () => ({
    id: "mock",
    status: "live",
    tabs: [
      { index: 1, title: "Lantern & Loom — shop", url: stage.page?.url() ?? "", loading: false, active: true },
      { index: 2, title: "Order 4711 — receipt", url: "https://shop.example/orders/4711", loading: true, active: false },
    ],
    viewport,
    viewers: [
      { id: me, name: "owner", me: true },
      { id: "0199c8f2-4a10-7b3e-9d10-999999999999", name: "Ada" },
    ],
    control: { viewer: me, name: "owner" },
    recording: { state: recording.state, steps: 6 },
    dialog,
    cast: { fps: 30, quality: 70 },
    highlight,
    browser: { name: "Chromium", version: "142.0" },
    sandbox: "on",
    startedAt: new Date(Date.now() - 340_000).toISOString(),
  });
  const tell = async () => say({ t: "state", ...(await state()) });

  const push = () => {
    if (!fresh || unacked >= 2) return;
    const { jpeg, width, height } = fresh;
    fresh = undefined;
    unacked += 1;
    frames += 1;
    const header = Buffer.alloc(HEADER);
    header.writeUInt8(1, 0);
    header.writeUInt16LE(HEADER, 2);
    header.writeUInt32LE(frames, 4);
    header.writeBigUInt64LE(BigInt(Date.now()) * 1000n, 8);
    header.writeUInt32LE(inputSeq, 16);
    header.writeUInt32LE(1, 20);
    header.writeUInt16LE(width, 24);
    header.writeUInt16LE(height, 26);
    header.writeFloatLE(width, 28);
    header.writeFloatLE(height, 32);
    header.writeFloatLE(1, 40);
    sent = { frames: sent.frames + 1, bytes: sent.bytes + jpeg.length };
    socket.send(Buffer.concat([header, jpeg]));
  };
  const onFrame = (frame: CastFrame) => {
    fresh = frame;
    push();
  };
  stage.listeners.add(onFrame);
  const beat = setInterval(() => {
    say({ t: "beat", at: Date.now(), fps: sent.frames, captured: sent.frames, dropped: 0, bytes: sent.bytes, viewers: 2 });
    sent = { frames: 0, bytes: 0 };
  }, 1_000);
  socket.on("close", () => {
    stage.listeners.delete(onFrame);
    clearInterval(beat);
  });

  socket.on("message", async (data, binary) => {
    if (binary) return;
    // biome-ignore lint/suspicious/noExplicitAny: a fixture trusts its own client
    const message = JSON.parse(String(data)) as Record<string, any> & { t: string; seq?: number };
    if (message.seq && message.t !== "ack") inputSeq = message.seq;
    switch (message.t) {
      case "hello":
        say({
          t: "welcome",
          viewer: me,
          session: await state(),
          steps: steps(),
          stats: { at: Date.now(), fps: 0, captured: 0, dropped: 0, bytes: 0, viewers: 2 },
        });
        say({
          t: "console",
          level: "log",
          text: "cart 1",
          at: new Date().toISOString(),
          url: "https://shop.example/assets/cart.js",
          line: 42,
        });
        say({ t: "console", level: "warning", text: "“imagesrcset” is deprecated", at: new Date().toISOString() });
        say({ t: "network", method: "POST", url: "https://shop.example/api/v2/subscribe", status: 422, at: new Date().toISOString() });
        if (stage.last) onFrame(stage.last);
        break;
      case "ack":
        unacked = Math.max(0, unacked - 1);
        push();
        break;
      case "mouse":
        stage.send("Input.dispatchMouseEvent", {
          type: { move: "mouseMoved", down: "mousePressed", up: "mouseReleased" }[message.kind as string],
          x: message.x,
          y: message.y,
          button: ["left", "middle", "right"][message.button as number],
          buttons: message.buttons,
          clickCount: message.clicks,
          modifiers: message.mods,
        });
        break;
      case "wheel":
        stage.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: message.x, y: message.y, deltaX: message.dx, deltaY: message.dy });
        break;
      case "key":
        stage.send("Input.dispatchKeyEvent", {
          type: message.kind === "down" ? "keyDown" : "keyUp",
          key: message.key,
          code: message.code,
          text: message.text,
          modifiers: message.mods,
        });
        break;
      case "text":
        stage.send("Input.insertText", { text: message.text });
        break;
      case "record":
        recording.state =
          { start: "recording", resume: "recording", pause: "paused", stop: "idle" }[message.action as string] ?? recording.state;
        await tell();
        break;
      case "pick":
        say({
          t: "picked",
          selectors: document.actions[1] && "selectors" in document.actions[1] ? document.actions[1].selectors : [],
          role: "button",
          name: "Add to cart",
          tag: "button",
          text: "Add to cart",
          box: { x: 40, y: 264, width: 119, height: 44 },
          suggestions: [{ kind: "elementVisible" }, { kind: "elementText", expected: "Add to cart" }],
        });
        break;
      case "highlight":
        highlight = message.on;
        await tell();
        if (highlight)
          say({
            t: "clickables",
            boxes: [
              { x: 40, y: 264, width: 119, height: 44 },
              { x: 171, y: 264, width: 90, height: 44 },
            ],
          });
        break;
      case "screenshot":
        say({ t: "screenshot", bytes: 184_000, artifact: picture });
        break;
      case "viewport":
        viewport = { ...viewport, ...(message as object) };
        await stage.page?.setViewportSize({ width: viewport.width, height: viewport.height });
        await tell();
        break;
      case "nav":
        // Words that bring up what a page could: dialog, chooser, error, picker.
        if (String(message.url).includes("dialog"))
          dialog = { kind: "prompt", message: "What name shall we put on the parcel?", defaultValue: "Ada Lovelace", tab: 1 };
        if (String(message.url).includes("picker"))
          say({
            t: "picker",
            id: 1,
            type: "select",
            box: { x: 171, y: 264, width: 90, height: 44 },
            options: ["Amber", "Opal", "Smoke"].map((label, at) => ({ value: label, label, selected: at === 1 })),
          });
        if (String(message.url).includes("lost")) socket.close();
        else await tell();
        break;
      case "dialog":
        dialog = undefined;
        await tell();
        break;
      default:
    }
  });
}

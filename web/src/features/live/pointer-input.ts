import { isApple } from "@/lib/platform.ts";
import { ClickCounter } from "./click-count.ts";
import { type Point, toPage } from "./geometry.ts";
import type { LiveSession } from "./live-session.ts";
import { modifierBits, remapCommand } from "./modifiers.ts";
import type { MouseKind } from "./protocol.ts";
import { TouchInput } from "./touch-input.ts";

const LINE_PX = 40;

export interface PointerMode {
  /** While a check is being pointed at, the pointer picks instead of acting. */
  picking: () => boolean;
  onRefused: () => void;
  onPress: () => void;
}

/** Turns what the pointer does on the stage into messages in CSS pixels of the page. Returns the way to detach. */
export function attachPointer(stage: HTMLElement, live: LiveSession, mode: PointerMode): () => void {
  const clicks = new ClickCounter();
  const touch = new TouchInput(live, (client) => pagePoint(client));
  const stop = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ) => stage.addEventListener(type, listener as EventListener, { ...options, signal: stop.signal });

  function pagePoint(client: Point): Point {
    const shown = live.painter.shown;
    const viewport = live.snapshot().session?.viewport;
    const page = {
      width: shown?.cssWidth || viewport?.width || 1,
      height: shown?.cssHeight || viewport?.height || 1,
    };
    const { x, y, width, height } = stage.getBoundingClientRect();
    return toPage(client, { x, y, width, height }, page);
  }

  // Mouse events come in whole pixels of the screen, which are several of the page when it is drawn small; pointer events
  // of the same place know the fraction.
  let precise: Point = { x: 0, y: 0 };
  const note = (event: PointerEvent) => {
    precise = { x: event.clientX, y: event.clientY };
  };
  const at = (event: MouseEvent) => {
    const near = Math.abs(precise.x - event.clientX) <= 1 && Math.abs(precise.y - event.clientY) <= 1;
    return pagePoint(near ? precise : { x: event.clientX, y: event.clientY });
  };
  const mods = (event: MouseEvent) => remapCommand(modifierBits(event), isApple);
  const mouse = (kind: MouseKind, event: MouseEvent, count: number) =>
    live.input({
      t: "mouse",
      kind,
      ...at(event),
      button: kind === "move" ? 0 : Math.min(event.button, 2),
      buttons: event.buttons & 7,
      clicks: count,
      mods: mods(event),
    });

  on("pointerdown", (event) => {
    mode.onPress();
    // What is dragged off the stage must still end on it.
    stage.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch" && !mode.picking()) touch.down(event);
  });
  on("pointermove", (event) => {
    note(event);
    if (mode.picking()) live.send({ t: "hoverpick", ...at(event) });
    else if (event.pointerType === "touch") touch.move(event);
    else if (event.buttons === 0) mouse("move", event, 0);
    else {
      // A stroke keeps the points between two frames of this screen: the page may draw them.
      const between = event.getCoalescedEvents();
      for (const each of between.length > 0 ? between : [event]) {
        note(each);
        mouse("move", each, 0);
      }
    }
  });
  on("pointerup", (event) => {
    if (event.pointerType === "touch" && !mode.picking()) touch.up(event);
  });
  on("pointercancel", (event) => touch.cancel(event));

  on("mousedown", (event) => {
    event.preventDefault();
    if (mode.picking()) {
      if (event.button === 0) live.send({ t: "pick", ...at(event) });
      return;
    }
    if (touch.recent()) return;
    const count = clicks.down(event.timeStamp, event.button, { x: event.clientX, y: event.clientY });
    if (!mouse("down", event, count)) mode.onRefused();
  });
  on("mouseup", (event) => {
    event.preventDefault();
    if (mode.picking() || touch.recent()) return;
    mouse("up", event, clicks.current);
  });
  on("contextmenu", (event) => event.preventDefault());
  on("dragstart", (event) => event.preventDefault());

  let wheel: { x: number; y: number; dx: number; dy: number; mods: number } | undefined;
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? stage.clientHeight : 1;
      const first = wheel === undefined;
      wheel = {
        ...at(event),
        dx: (wheel?.dx ?? 0) + event.deltaX * unit,
        dy: (wheel?.dy ?? 0) + event.deltaY * unit,
        mods: mods(event),
      };
      // Several turns within one frame of the screen are one.
      if (first) {
        requestAnimationFrame(() => {
          if (wheel) live.input({ t: "wheel", ...wheel });
          wheel = undefined;
        });
      }
    },
    { passive: false },
  );

  return () => {
    stop.abort();
    touch.dispose();
  };
}

import { liveUrl } from "@/api/sessions.ts";
import { FramePainter } from "./frame-painter.ts";
import { LatencyMeter } from "./latency.ts";
import { emptyModel, iHoldControl, type LiveModel, reduceNotice } from "./live-model.ts";
import { mergePast } from "./past-lines.ts";
import type { Command, Notice } from "./protocol.ts";
import { Rate } from "./rate.ts";
import { leavePlace, takePlace } from "./viewer-place.ts";

const RETRY_MS = [250, 500, 1_000, 2_000, 4_000];
const STATS_MS = 500;
/** The server beats every second; silence for this long means that the line is dead. */
const SILENCE_MS = 5_000;
const BACKLOG_BYTES = 65_536;

type NoticeListener = (notice: Notice) => void;

/** One viewer of one session: the socket, what it says, and the frames that it brings. */
export class LiveSession {
  readonly painter: FramePainter;
  #id: string;
  #name: string | undefined;
  #model: LiveModel = emptyModel;
  #listeners = new Set<() => void>();
  #noticeListeners = new Set<NoticeListener>();
  #socket: WebSocket | undefined;
  #seq = 0;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #statsTimer: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #latency = new LatencyMeter();
  #frames = new Rate();
  #bytes = new Rate();
  #closed = false;
  #place: string | undefined;

  constructor(id: string, name?: string) {
    this.#id = id;
    this.#name = name;
    this.painter = new FramePainter({
      drawn: (header, bytes) => {
        const now = performance.now();
        this.#post({ t: "ack", seq: header.seq });
        this.#latency.drawn(header.inputSeq, now);
        if (!header.repeat) this.#frames.add(now);
        this.#bytes.add(now, bytes);
        if (!this.#model.lit) this.#set({ ...this.#model, lit: true });
      },
    });
  }

  open(): void {
    this.#closed = false;
    this.#place = takePlace(this.#id);
    addEventListener("pagehide", this.#leave);
    this.#connect();
    this.#statsTimer = setInterval(() => this.#measure(), STATS_MS);
  }

  close(): void {
    if (!this.#closed) this.#leave();
    this.#closed = true;
    removeEventListener("pagehide", this.#leave);
    clearTimeout(this.#retryTimer);
    clearInterval(this.#statsTimer);
    this.#socket?.close(1000);
    this.#socket = undefined;
  }

  /** Try again at once instead of waiting. */
  reconnect(): void {
    clearTimeout(this.#retryTimer);
    this.#attempt = 0;
    this.#socket?.close();
    this.#connect();
  }

  readonly snapshot = (): LiveModel => this.#model;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onNotice(listener: NoticeListener): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  send(command: Command): void {
    this.#post(command);
  }

  /** Sends input that a frame will answer. Nothing is sent by who does not hold the controls. */
  input(command: Command): boolean {
    if (!this.#mayAct()) return false;
    const held = command.t === "mouse" && command.kind === "move";
    // Moves are worth nothing when they are late.
    if (held && (this.#socket?.bufferedAmount ?? 0) > BACKLOG_BYTES) return false;
    this.#seq += 1;
    this.#latency.sent(this.#seq, performance.now());
    this.#post({ ...command, seq: this.#seq } as Command);
    return true;
  }

  /** Adds what happened before this viewer came. */
  remember(past: Pick<LiveModel, "console" | "network" | "exceptions" | "refused">): void {
    const { console, network, exceptions } = this.#model;
    this.#set({
      ...this.#model,
      console: mergePast(console, past.console),
      network: mergePast(network, past.network),
      exceptions: mergePast(exceptions, past.exceptions),
      refused: { ...past.refused, ...this.#model.refused },
    });
  }

  clear(part: "picked" | "picker"): void {
    this.#set({ ...this.#model, [part]: undefined });
  }

  readonly #leave = (): void => {
    if (this.#model.viewer) leavePlace(this.#id, this.#model.viewer);
  };

  #mayAct(): boolean {
    if (this.#model.phase !== "live") return false;
    if (iHoldControl(this.#model)) return true;
    // Controls that nobody holds are taken by acting.
    if (this.#model.session && this.#model.session.control.viewer === null) {
      this.#post({ t: "control", action: "take" });
      return true;
    }
    return false;
  }

  #post(command: Command): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }

  #connect(): void {
    if (this.#closed) return;
    const socket = new WebSocket(liveUrl(this.#id));
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => {
      this.#latency.reset();
      this.#post({ t: "hello", name: this.#name, resume: this.#model.viewer ?? this.#place, lastSeq: this.#seq || undefined });
    };
    socket.onmessage = (event) => {
      this.#heardAt = Date.now();
      if (typeof event.data === "string") this.#hear(event.data);
      else this.painter.push(event.data as ArrayBuffer);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  #hear(text: string): void {
    let notice: Notice;
    try {
      notice = JSON.parse(text) as Notice;
    } catch {
      return;
    }
    if (notice.t === "welcome") this.#attempt = 0;
    this.#set(reduceNotice(this.#model, notice));
    for (const listener of this.#noticeListeners) listener(notice);
  }

  #lost(): void {
    this.#socket = undefined;
    if (this.#closed || this.#model.phase === "ended") return;
    this.#set({ ...this.#model, phase: "lost", lostAt: this.#model.lostAt ?? Date.now(), picker: undefined });
    const wait = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)] ?? 4_000;
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
  }

  /** Called by the page when the API says that the session is over. */
  end(reason: string): void {
    this.close();
    this.#set({ ...this.#model, phase: "ended", endReason: this.#model.endReason ?? reason });
  }

  #measure(): void {
    const now = performance.now();
    if (this.#model.phase === "live" && Date.now() - this.#heardAt > SILENCE_MS) this.#socket?.close();
    const stats = {
      fps: this.#frames.perSecond(now),
      bytesPerSecond: this.#bytes.perSecond(now),
      dropped: this.#model.beat?.dropped ?? 0,
      p50: this.#latency.percentile(0.5),
      p95: this.#latency.percentile(0.95),
    };
    this.#set({ ...this.#model, stats });
  }

  #set(model: LiveModel): void {
    this.#model = model;
    for (const listener of this.#listeners) listener();
  }
}

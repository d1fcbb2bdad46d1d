/**
 * The recorder of one frame: listens before the page does, lets each gesture file turn events into steps, and
 * emits them. Steps go out at once, because a navigation may end the document with the next event.
 */

import { emit, nextId } from "../emit";
import { isByPerson } from "../native_value";
import { clicks } from "./click";
import { drags } from "./drag";
import { hovers } from "./hover";
import { inputs } from "./input";
import { keys } from "./keypress";
import { scrolls } from "./scroll";
import { selects } from "./select";
import { type StepBody, type StepTarget, targetOf } from "./step";
import { submits } from "./submit";
import { uploads } from "./upload";
import { wheels } from "./wheel";

export interface RecordOptions {
  /** Values of sensitive fields become variables. On unless switched off. */
  maskSensitive?: boolean;
  /** When the recording started, in epoch milliseconds; timestamps count from here. */
  startedAt?: number;
  /** Attributes that this project uses for its tests, before the usual ones. */
  testIdAttributes?: string[];
}

/** What a gesture sees of the recorder. */
export interface Recorder {
  readonly options: RecordOptions;
  /** Listens on the window, before the page, to what a person does; only while recording. */
  on<K extends keyof WindowEventMap>(type: K, handler: (event: WindowEventMap[K]) => void): void;
  target(element: Element): StepTarget;
  /** Emits a step and answers its id; other gestures' unfinished steps end first. `at` is in epoch milliseconds. */
  step(body: StepBody, at?: number): string;
  /** Emits a newer version of a step. */
  update(id: string, body: StepBody): void;
  /** Whether the last emitted step is the one with this id. */
  isLast(id: string): boolean;
  /** Called when another gesture is about to emit, or the recorder stops. */
  beforeStep(settle: () => void): void;
  /** Called when the recorder stops. */
  onStop(release: () => void): void;
  /** What gestures need to know of each other. */
  readonly shared: Shared;
}

export interface Shared {
  /** When the last step was emitted, on the clock of `performance.now()`. */
  lastStepAt: number;
  /** Enter was pressed in a form field: the click that the browser then makes is not a person's. */
  enterAt: number;
  /** Space or Enter was pressed on something that a key can click. */
  activationKeyAt: number;
  /** A drag ended: the click that follows belongs to it. */
  dragEndedAt: number;
  /** Emits the hovers that brought an element up. */
  commitHovers: (element: Element) => void;
}

const gestures = [hovers, drags, clicks, inputs, selects, uploads, keys, submits, scrolls, wheels];

class FrameRecorder implements Recorder {
  options: RecordOptions;
  paused = false;
  readonly shared: Shared = {
    lastStepAt: Number.NEGATIVE_INFINITY,
    enterAt: Number.NEGATIVE_INFINITY,
    activationKeyAt: Number.NEGATIVE_INFINITY,
    dragEndedAt: Number.NEGATIVE_INFINITY,
    commitHovers: () => {},
  };
  private readonly releases: (() => void)[] = [];
  private readonly settlers: (() => void)[] = [];
  private readonly timesById = new Map<string, { timestamp: number; url: string }>();
  private described: { element: Element; target: StepTarget; at: number } | undefined;
  private lastId = "";
  private settling = false;

  constructor(options: RecordOptions) {
    this.options = options;
    for (const gesture of gestures) gesture(this);
  }

  on<K extends keyof WindowEventMap>(type: K, handler: (event: WindowEventMap[K]) => void): void {
    const guarded = (event: WindowEventMap[K]) => {
      if (!this.paused && isByPerson(event)) handler(event);
    };
    addEventListener(type, guarded, { capture: true, passive: true });
    this.releases.push(() => removeEventListener(type, guarded, true));
  }

  target(element: Element): StepTarget {
    const now = performance.now();
    // Several gestures look at the same press.
    if (this.described?.element === element && now - this.described.at < 10) return this.described.target;
    const target = targetOf(element, this.options.testIdAttributes);
    this.described = { element, target, at: now };
    return target;
  }

  step(body: StepBody, at = Date.now()): string {
    this.settle();
    const id = nextId();
    const origin = { timestamp: this.since(at), url: location.href };
    this.timesById.set(id, origin);
    if (this.timesById.size > 50) this.timesById.delete(this.timesById.keys().next().value ?? "");
    this.lastId = id;
    this.shared.lastStepAt = performance.now();
    emit({ kind: "step", emitId: id, step: { ...body, ...origin, completedAt: this.since(Date.now()) } });
    return id;
  }

  update(id: string, body: StepBody): void {
    const origin = this.timesById.get(id) ?? { timestamp: this.since(Date.now()), url: location.href };
    this.shared.lastStepAt = performance.now();
    emit({ kind: "step", emitId: id, replaces: id, step: { ...body, ...origin, completedAt: this.since(Date.now()) } });
  }

  isLast(id: string): boolean {
    return id !== "" && id === this.lastId;
  }

  beforeStep(settle: () => void): void {
    this.settlers.push(settle);
  }

  onStop(release: () => void): void {
    this.releases.push(release);
  }

  stop(): void {
    this.settle();
    for (const release of this.releases) release();
  }

  settle(): void {
    // A gesture that settles may emit, which settles again.
    if (this.settling) return;
    this.settling = true;
    for (const settle of this.settlers) settle();
    this.settling = false;
  }

  private since(epochMs: number): number {
    return Math.max(0, Math.round(epochMs - (this.options.startedAt ?? epochMs)));
  }
}

let running: FrameRecorder | undefined;

/** Starts recording in this frame; when it already records, takes over the options and goes on. */
export function start(options: RecordOptions = {}): void {
  const settings = { maskSensitive: true, startedAt: Date.now(), ...options };
  if (running) {
    running.options = settings;
    running.paused = false;
    return;
  }
  running = new FrameRecorder(settings);
}

export function pause(): void {
  running?.settle();
  if (running) running.paused = true;
}

/** Goes on; a document that came while recording was paused starts here, with the options given. */
export function resume(options?: RecordOptions): void {
  if (options || !running) start(options);
  else running.paused = false;
}

/** What is held back, a text that is being typed, becomes a step now. */
export function settle(): void {
  running?.settle();
}

export function stop(): void {
  running?.stop();
  running = undefined;
}

export function recording(): "idle" | "recording" | "paused" {
  if (!running) return "idle";
  return running.paused ? "paused" : "recording";
}

/** A check is about to be recorded for an element: what had to be hovered for it comes first. */
export function commitHoversFor(element: Element): void {
  if (running && !running.paused) running.shared.commitHovers(element);
}

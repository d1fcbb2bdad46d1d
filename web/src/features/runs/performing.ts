import type { ScreenshotMode, TimingMode, VideoMode } from "@/api/types.ts";
import { defaultEngine, type Engine } from "@/lib/engines.ts";

/** How a run is performed, as its fields hold it. */
export interface Performing {
  browsers: Engine[];
  timingMode: TimingMode;
  screenshotMode: ScreenshotMode;
  video: VideoMode;
  /** Seconds, as they were written. */
  stepTimeout: string;
  /** Seconds, as they were written. */
  runTimeout: string;
  continueOnError: boolean;
  heal: boolean;
  dismissOverlays: boolean;
}

/** How the server performs a run when nothing is said. */
export const asUsual: Performing = {
  browsers: [defaultEngine],
  timingMode: "fast",
  screenshotMode: "always",
  video: "never",
  stepTimeout: "30",
  runTimeout: "600",
  continueOnError: false,
  heal: true,
  dismissOverlays: false,
};

/** The same as a request says it. What is no number is left to the server. */
export function requested({ stepTimeout, runTimeout, ...same }: Performing) {
  return { ...same, timeout: milliseconds(stepTimeout), runTimeout: milliseconds(runTimeout) };
}

function milliseconds(seconds: string): number | undefined {
  const value = Math.round(Number(seconds) * 1000);
  return seconds.trim() !== "" && Number.isFinite(value) ? Math.max(1, value) : undefined;
}

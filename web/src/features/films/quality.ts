import type { FilmOrder, FilmSetup } from "@/api/types.ts";

export const presets = ["low", "medium", "high", "ultra"] as const;
export const qualities = [...presets, "custom"] as const;

export interface Size {
  width: number;
  height: number;
  fps: number;
  kbps: number;
}

/** How large a film is, how often its picture changes, and how many bits it may take: by a word, or in numbers. */
export interface Quality extends Size {
  preset: (typeof qualities)[number];
}

/** The numbers behind the words; docs/film.md has the same table. */
export const sizes: Record<(typeof presets)[number], Size> = {
  low: { width: 1280, height: 720, fps: 24, kbps: 1500 },
  medium: { width: 1280, height: 720, fps: 30, kbps: 2500 },
  high: { width: 1920, height: 1080, fps: 30, kbps: 5000 },
  ultra: { width: 3840, height: 2160, fps: 60, kbps: 10_000 },
};

export const limits = { side: [160, 4096], fps: [1, 120], kbps: [100, 200_000] } as const;

const names: Record<(typeof qualities)[number], string> = { low: "Low", medium: "Medium", high: "High", ultra: "Ultra", custom: "Custom" };

const figures = ({ width, height, fps, kbps }: Size) => `${width} × ${height} · ${fps} fps · ${kbps / 1000} Mbit/s`;

export const qualityChoices = qualities.map((value) => ({
  value,
  label: names[value],
  note: value === "custom" ? "own numbers" : figures(sizes[value]),
}));

/** A word brings its numbers, so that one's own begin with those that were there. */
export function ofPreset(preset: Quality["preset"], before: Quality): Quality {
  if (preset !== "custom") return { preset, ...sizes[preset] };
  // Ultra lays pages out on half its size and draws them twice as dense; as one's own number its size would be the page's width.
  const { width, height } = before.preset === "ultra" ? sizes.high : before;
  return { ...before, preset, width, height };
}

/** The fields of an order; numbers of an earlier order do not outlive a word. */
export function toOrder({ preset, width, height, fps, kbps }: Quality): FilmOrder {
  return preset === "custom" ? { width, height, fps, kbps } : { preset, width: null, height: null, fps: null, kbps: null };
}

export function ofSetup(setup: FilmSetup): Quality {
  const { width, height, fps, kbps } = setup;
  return { preset: qualities.find((each) => each === setup.preset) ?? "custom", width, height, fps, kbps };
}

/** What is wrong with one's own numbers, by field. */
export function problemsOf(quality: Quality): Partial<Record<keyof Size, string>> {
  if (quality.preset !== "custom") return {};
  const problems: Partial<Record<keyof Size, string>> = {};
  const within = (field: keyof Size, [least, most]: readonly [number, number]) => {
    if (!(quality[field] >= least && quality[field] <= most)) problems[field] = `${least} to ${most}`;
  };
  within("width", limits.side);
  within("height", limits.side);
  within("fps", limits.fps);
  within("kbps", limits.kbps);
  return problems;
}

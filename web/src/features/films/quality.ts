import type { FilmOrder, FilmSetup } from "@/api/types.ts";

export const presets = ["low", "medium", "high", "ultra"] as const;
export const qualities = [...presets, "custom"] as const;

export interface Size {
  width: number;
  height: number;
  /** Pixels of the film for each CSS pixel of the page. */
  scale: number;
  fps: number;
  kbps: number;
}

/** How large a film is, how often its picture changes, and how many bits it may take: by a word, or in numbers. */
export interface Quality extends Size {
  preset: (typeof qualities)[number];
}

/** The numbers behind the words; docs/film.md has the same table. */
export const sizes: Record<(typeof presets)[number], Size> = {
  low: { width: 1280, height: 720, scale: 1, fps: 24, kbps: 1500 },
  medium: { width: 1280, height: 720, scale: 1, fps: 30, kbps: 2500 },
  high: { width: 1920, height: 1080, scale: 1, fps: 30, kbps: 5000 },
  ultra: { width: 3840, height: 2160, scale: 2, fps: 60, kbps: 10_000 },
};

export const limits = { side: [160, 4096], scale: [1, 4], fps: [1, 120], kbps: [100, 200_000] } as const;

const names: Record<(typeof qualities)[number], string> = { low: "Low", medium: "Medium", high: "High", ultra: "Ultra", custom: "Custom" };

const figures = ({ width, height, fps, kbps }: Size) => `${width} × ${height} · ${fps} fps · ${kbps / 1000} Mbit/s`;

export const qualityChoices = qualities.map((value) => ({
  value,
  label: names[value],
  note: value === "custom" ? "own numbers" : figures(sizes[value]),
}));

/** A word brings its numbers, so that one's own begin with those that were there. */
export function ofPreset(preset: Quality["preset"], before: Quality): Quality {
  return preset === "custom" ? { ...before, preset } : { preset, ...sizes[preset] };
}

/** The fields of an order; numbers of an earlier order do not outlive a word. */
export function toOrder({ preset, ...size }: Quality): FilmOrder {
  return preset === "custom" ? size : { preset, width: null, height: null, scale: null, fps: null, kbps: null };
}

export function ofSetup(setup: FilmSetup): Quality {
  const { width, height, scale, fps, kbps } = setup;
  return { preset: qualities.find((each) => each === setup.preset) ?? "custom", width, height, scale: scale ?? 1, fps, kbps };
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
  within("scale", limits.scale);
  // Encoders halve the sides, and no pixel of a page is resampled.
  if (!problems.scale) {
    const step = 2 * quality.scale;
    for (const side of ["width", "height"] as const) {
      if (quality[side] % step !== 0) problems[side] ??= `A multiple of ${step}`;
    }
    if (Math.min(quality.width, quality.height) / quality.scale < limits.side[0]) problems.scale ??= "Less, or a larger film";
  }
  within("fps", limits.fps);
  within("kbps", limits.kbps);
  return problems;
}

import type { Preset as PresetName, Viewport } from "@/api/types.ts";

export interface Preset extends Required<Viewport> {
  preset: PresetName;
  label: string;
}

/** The sizes that people mean by a word; the same words and numbers as the API's `preset`. */
export const presets: readonly Preset[] = [
  { preset: "desktop", label: "Desktop", width: 1280, height: 720, deviceScaleFactor: 1, mobile: false, touch: false },
  { preset: "laptop", label: "Laptop", width: 1366, height: 768, deviceScaleFactor: 1, mobile: false, touch: false },
  { preset: "tablet", label: "Tablet", width: 820, height: 1180, deviceScaleFactor: 2, mobile: true, touch: true },
  { preset: "phone", label: "Phone", width: 390, height: 844, deviceScaleFactor: 3, mobile: true, touch: true },
];

export const defaultPreset: PresetName = "desktop";

export const presetOf = (viewport: Viewport | null | undefined): Preset | undefined =>
  presets.find((preset) => preset.width === viewport?.width && preset.height === viewport?.height);

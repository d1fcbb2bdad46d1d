import type { FilmDetail, FilmOrder } from "@/api/types.ts";
import { givenOf, type Values } from "@/features/runs/values.ts";
import { toAddress } from "@/lib/address.ts";
import { type Engine, engineNames } from "@/lib/engines.ts";
import { oneOf } from "@/lib/one-of.ts";
import { type Look, plainLook, readLook } from "./look.ts";
import { ofSetup, type Quality, problemsOf as qualityProblems, type Size, sizes, toOrder as toQuality } from "./quality.ts";
import { sample } from "./sample.ts";
import { isVolume, readTrack, silence, type Track, toSound } from "./sound.ts";
import { mistakeIn, storyboardText } from "./storyboard-text.ts";

export const sources = ["address", "storyboard", "recording"] as const;
export const templates = ["tour", "hero", "features", "page"] as const;
export const formats = ["mp4", "webm"] as const;

/** What the form holds: what is filmed, and how. Of the three sources only the chosen one is sent; the others wait. */
export interface Draft {
  source: (typeof sources)[number];
  url: string;
  template: (typeof templates)[number];
  /** Seconds; as long as the template usually is when nothing is said. */
  duration: number | null;
  seed: number;
  storyboard: string;
  recordingId: string;
  /** Values that the recording asks for, by their names. */
  variables: Values;
  /** The steps of a recording are named in the film. */
  captions: boolean;
  name: string;
  /** The text of the card before everything else. */
  title: string;
  quality: Quality;
  format: (typeof formats)[number];
  browser: Engine;
  /** Under a clock that waits for every frame: slower, and nothing is dropped. */
  perfect: boolean;
  look: Look;
  sound: Track;
}

/** Seconds that each kind of tour has when nobody says. */
export const usualSeconds: Record<Draft["template"], number> = { tour: 30, hero: 10, features: 15, page: 20 };

export const freshDraft = (): Draft => ({
  source: "address",
  url: "",
  template: "tour",
  duration: null,
  seed: 1,
  storyboard: sample,
  recordingId: "",
  variables: {},
  captions: false,
  name: "",
  title: "",
  quality: { preset: "high", ...sizes.high },
  format: "mp4",
  browser: "chromium",
  perfect: false,
  look: plainLook,
  sound: silence,
});

export function toOrder(draft: Draft): FilmOrder {
  const { source, format, browser, perfect, look } = draft;
  const order: FilmOrder = { ...toQuality(draft.quality), format, perfect, look };
  if (browser !== "chromium") order.browser = browser;
  if (draft.name.trim()) order.name = draft.name.trim();
  if (draft.title.trim()) order.title = draft.title.trim();
  // A page whose clock waits is not heard.
  const sound = toSound({ ...draft.sound, page: draft.sound.page && !perfect });
  if (sound) order.sound = sound;
  if (source === "storyboard") return { ...order, storyboard: draft.storyboard };
  if (source === "recording") return { ...order, ...toPerformance(draft) };
  const duration = draft.duration === null ? {} : { duration: `${draft.duration}s` };
  return { ...order, url: toAddress(draft.url), template: draft.template, seed: draft.seed, ...duration };
}

function toPerformance({ recordingId, variables, captions, perfect }: Draft): FilmOrder {
  const given = givenOf(variables);
  return {
    recordingId,
    ...(Object.keys(given).length > 0 && { variables: given }),
    // Under a clock that waits it is performed as a storyboard, which does not know what its steps are called.
    ...(captions && !perfect && { captions: true }),
  };
}

/** How a film was made, to be changed. `performed` is its script where the order has none of its own: a tour's, a recording's. */
export function fromFilm({ order, setup }: Pick<FilmDetail, "order" | "setup">, performed: string | undefined, before: Draft): Draft {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const settings: Draft = {
    ...before,
    name: text(order.name),
    title: text(order.title),
    quality: ofSetup(setup),
    format: oneOf(setup.format, formats, before.format),
    browser: oneOf(order.browser, engineNames, "chromium"),
    perfect: order.perfect === true,
    look: readLook(order.look),
    sound: readTrack(order.sound),
  };
  // A script that somebody wrote comes back with its comments; in what was performed the title stands already.
  if (typeof order.storyboard === "string") return { ...settings, source: "storyboard", storyboard: order.storyboard };
  if (performed) return { ...settings, source: "storyboard", storyboard: performed, title: "" };
  if (order.storyboard) return { ...settings, source: "storyboard", storyboard: storyboardText(order.storyboard) };
  // The player performed it, and it cannot be written as a storyboard.
  if (typeof order.recordingId === "string") {
    return { ...settings, source: "recording", recordingId: order.recordingId, captions: order.captions === true };
  }
  const seconds = /^([\d.]+)s$/.exec(text(order.duration))?.[1];
  return {
    ...settings,
    source: "address",
    url: text(order.url),
    template: oneOf(order.template, templates, before.template),
    duration: seconds ? Number(seconds) : null,
    seed: typeof order.seed === "number" ? order.seed : before.seed,
  };
}

export type Problems = Partial<Record<keyof Draft | keyof Size, string>>;

/** What keeps a draft from being filmed, by field; the server says the rest. */
export function problemsOf(draft: Draft): Problems {
  const problems: Problems = { ...qualityProblems(draft.quality) };
  if (draft.perfect && draft.browser !== "chromium") problems.browser = "Only Chromium draws every frame";
  if (draft.sound.music && !isVolume(draft.sound.musicVolume)) problems.sound = "0 to 100";
  if (draft.source === "address") {
    if (!draft.url.trim()) problems.url = "Which page?";
    if (draft.duration !== null && !(draft.duration >= 3 && draft.duration <= 600)) problems.duration = "3 to 600";
    if (!(Number.isSafeInteger(draft.seed) && draft.seed >= 0)) problems.seed = "A whole number";
  }
  if (draft.source === "recording" && !draft.recordingId) problems.recordingId = "Which recording?";
  if (draft.source === "storyboard") {
    const mistake = mistakeIn(draft.storyboard);
    if (mistake) problems.storyboard = mistake.line ? `Line ${mistake.line}: ${mistake.message}` : mistake.message;
  }
  return problems;
}

const KEY = "proscenium.film-draft";

/** The draft of the last visit. */
export function loadDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (!kept || typeof kept !== "object") return freshDraft();
    const fresh = { ...freshDraft(), ...kept };
    // A draft of an earlier version may lack a number.
    return { ...fresh, quality: { ...freshDraft().quality, ...fresh.quality } };
  } catch {
    return freshDraft();
  }
}

/** Values may be secrets: they are not kept in the browser. */
export const keptOf = (draft: Draft): Draft => ({ ...draft, variables: {} });

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(keptOf(draft)));
  } catch {
    // A full or forbidden storage costs the draft of the next visit and nothing else.
  }
}

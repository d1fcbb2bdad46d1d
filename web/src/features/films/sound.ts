/** What is heard in a film: sounds by their ids. */
export interface Track {
  voice: string;
  music: string;
  /** Per cent. */
  musicVolume: number;
  /** What the page itself plays is heard too. */
  page: boolean;
}

/** Nothing is heard; music would be as loud as the server makes it. */
export const silence: Track = { voice: "", music: "", musicVolume: 25, page: false };

/** The `sound` of an order; nothing when nothing is heard. */
export function toSound({ voice, music, musicVolume, page }: Track): Record<string, unknown> | undefined {
  if (!voice && !music && !page) return undefined;
  return { ...(voice && { voice }), ...(music && { music, musicVolume: shareOfPercent(musicVolume) }), ...(page && { page }) };
}

/** A share as per cent; no more digits than somebody wrote. */
export const percentOf = (share: number): number => Math.round(share * 1e8) / 1e6;

/** And back: a third does not become a little less than that. */
export const shareOfPercent = (percent: number): number => Math.round(percent * 1e6) / 1e8;

/** What an order, or the script in it, says is heard. */
export function readTrack(sound: unknown): Track {
  if (!sound || typeof sound !== "object") return silence;
  const { voice, music, musicVolume, page } = sound as Record<string, unknown>;
  return {
    voice: typeof voice === "string" ? voice : "",
    music: typeof music === "string" ? music : "",
    musicVolume: typeof musicVolume === "number" ? percentOf(musicVolume) : silence.musicVolume,
    page: page === true,
  };
}

export const isVolume = (percent: number): boolean => percent >= 0 && percent <= 100;

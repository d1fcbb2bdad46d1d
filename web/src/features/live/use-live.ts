import { createContext, useContext, useSyncExternalStore } from "react";
import type { LiveModel } from "./live-model.ts";
import type { LiveSession } from "./live-session.ts";

export const LiveContext = createContext<LiveSession | undefined>(undefined);

export function useLiveSession(): LiveSession {
  const live = useContext(LiveContext);
  if (!live) throw new Error("The live session is missing around this part");
  return live;
}

/** A part of the model; the component draws again only when that part changes. */
export function useLive<T>(select: (model: LiveModel) => T): T {
  const live = useLiveSession();
  return useSyncExternalStore(live.subscribe, () => select(live.snapshot()));
}

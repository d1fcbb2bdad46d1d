import { useEffect } from "react";
import { pastLines } from "@/api/sessions.ts";
import { refusedSince } from "./past-lines.ts";
import type { ConsoleNotice, ExceptionNotice, NetworkNotice } from "./protocol.ts";
import { useLive, useLiveSession } from "./use-live.ts";

/** Brings what the page said before this viewer came, or while the connection was lost. */
export function usePast(sessionId: string): void {
  const live = useLiveSession();
  const there = useLive((model) => model.phase === "live" || model.phase === "ended");
  useEffect(() => {
    if (!there) return;
    const stop = new AbortController();
    const fetched = Promise.all([
      pastLines<ConsoleNotice>(sessionId, "console", stop.signal),
      pastLines<NetworkNotice>(sessionId, "network", stop.signal),
      pastLines<ExceptionNotice>(sessionId, "exception", stop.signal),
      pastLines<{ at: string; url: string }>(sessionId, "navigation", stop.signal),
    ]);
    fetched
      .then(([console, network, exceptions, navigations]) =>
        live.remember({ console, network, exceptions, refused: refusedSince(network, navigations) }),
      )
      // The live lines are what matters; without the past the panels begin empty.
      .catch(() => undefined);
    return () => stop.abort();
  }, [there, live, sessionId]);
}

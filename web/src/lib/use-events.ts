import { useEffect, useRef, useState } from "react";

const SETTLE_MS = 60;

/** Follows a stream of events while there is an address for it: `changed` is called soon after any of them, not for each. */
export function useEvents(url: string | undefined, names: readonly string[], changed: () => void): { connected: boolean } {
  const [connected, setConnected] = useState(true);
  const latest = useRef(changed);
  latest.current = changed;
  const known = useRef(names);

  useEffect(() => {
    if (!url) return;
    const source = new EventSource(url);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, SETTLE_MS);
    };
    for (const name of known.current) source.addEventListener(name, refresh);
    source.onopen = () => {
      setConnected(true);
      refresh();
    };
    // The browser reconnects by itself and resumes after the last event that it saw.
    source.onerror = () => setConnected(false);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [url]);

  return { connected };
}

import { useEffect, useSyncExternalStore } from "react";

let current: string | undefined;
const listeners = new Set<() => void>();

function set(name: string | undefined): void {
  current = name;
  document.title = name ? `${name} · Proscenium` : "Proscenium";
  for (const listener of listeners) listener();
}

/** Names the place one is in: the window's title and the end of the path in the bar. */
export function useNamePlace(name: string | undefined): void {
  useEffect(() => {
    set(name);
    return () => set(undefined);
  }, [name]);
}

export function usePlaceName(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

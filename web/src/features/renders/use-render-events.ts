import { useQueryClient } from "@tanstack/react-query";
import { isEnded, renderEventsUrl, renderQuery } from "@/api/renders.ts";
import type { Render } from "@/api/types.ts";
import { useEvents } from "@/lib/use-events.ts";

const NAMES = [
  "render.queued",
  "render.requeued",
  "render.started",
  "render.progress",
  "render.delivering",
  "render.cancelling",
  "render.finished",
];

/** Follows a render until it ends. */
export function useRenderEvents(render: Render | undefined): { connected: boolean } {
  const cache = useQueryClient();
  const follows = render && !isEnded(render);
  return useEvents(follows ? renderEventsUrl(render.id) : undefined, NAMES, () => {
    if (!render) return;
    cache.invalidateQueries({ queryKey: renderQuery(render.id).queryKey });
    cache.invalidateQueries({ queryKey: ["renders"] });
  });
}

import type { Health } from "@/api/types.ts";

/** How the renderers of this server stand, by name; `waiting` is unknown until it was counted. */
export function figuresOf(pool: Health["renders"], waiting: number | undefined): [string, string][] {
  const queue: [string, string] = ["Jobs waiting", waiting === undefined ? "–" : waiting.toLocaleString("en")];
  // A server may leave all rendering to workers, whose renderers it does not see.
  if (!pool) return [["Renderers", "only on workers"], queue];
  return [["Renderers", String(pool.size)], ["Busy", `${pool.busy} of ${pool.size}`], queue];
}

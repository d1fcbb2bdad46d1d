import { TriangleAlert } from "lucide-react";
import { badStatus } from "./live-model.ts";
import { useLive } from "./use-live.ts";

const words: Record<number, string> = {
  401: "it wants to know who asks",
  403: "it refuses",
  404: "it has no such page",
  410: "the page is gone",
  429: "too many requests",
  500: "it failed",
  502: "something behind it failed",
  503: "it is not available",
  504: "something behind it took too long",
};

/** Says when the page that is shown is its server's way of saying no. */
export function PageStatus() {
  const status = useLive(badStatus);
  if (status === undefined) return null;
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-warning-soft px-3 py-1 text-data text-warning-text"
    >
      <TriangleAlert className="size-3.5" aria-hidden />
      The server answered {status}
      {words[status] && `: ${words[status]}`}.
    </p>
  );
}

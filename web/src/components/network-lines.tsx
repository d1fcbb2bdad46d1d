import type { NetworkLine } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { formatClock } from "@/lib/moment.ts";
import { cutMiddle } from "@/lib/shorten.ts";

/** Requests, each with what became of it. */
export function NetworkLines({ lines }: { lines: readonly NetworkLine[] }) {
  return (
    <ol aria-label="Network">
      {lines.map((line, index) => {
        const bad = Boolean(line.error) || (line.status ?? 0) >= 400;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
            key={index}
            className="border-b border-line px-3 py-1.5"
          >
            <div className="flex items-baseline gap-2">
              <span className="num w-10 shrink-0 font-medium text-muted">{line.method ?? "GET"}</span>
              <span className="code min-w-0 flex-1 truncate" title={line.url}>
                {cutMiddle(line.url, 90)}
              </span>
              <span className={cn("num shrink-0", bad ? "text-danger-text" : "text-success-text")}>
                {line.status ?? (line.error ? "failed" : "")}
              </span>
              {line.at && <span className="num shrink-0 text-faint max-sm:hidden">{formatClock(line.at)}</span>}
            </div>
            {line.error && <p className="code pl-12 break-words text-danger-text">{line.error}</p>}
          </li>
        );
      })}
    </ol>
  );
}

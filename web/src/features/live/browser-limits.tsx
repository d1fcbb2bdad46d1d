import { Popover } from "@/components/ui/popover.tsx";
import { browserName } from "@/lib/engines.ts";
import { useLive } from "./use-live.ts";

/** Which browser it is, and what it cannot do. */
export function BrowserLimits() {
  const browser = useLive((model) => model.session?.browser);
  if (!browser) return null;
  const limits = browser.limits ?? [];
  const name = browserName(browser.engine);
  return (
    <Popover
      side="top"
      title={`${name} ${browser.version}`}
      className="w-84 max-w-[calc(100vw-1rem)]"
      trigger={
        <button
          type="button"
          aria-label={`Browser: ${name} ${browser.version}`}
          className="flex h-7 items-center gap-1.5 rounded px-2 text-data text-muted hover:bg-hover max-md:h-11"
        >
          {name}
          {limits.length > 1 && <span className="num text-faint max-sm:hidden">{limits.length} limits</span>}
        </button>
      }
    >
      {limits.length === 0 ? (
        <p className="text-muted">Everything that Proscenium does works in it.</p>
      ) : (
        <dl className="max-h-80 space-y-2 overflow-auto text-data">
          {limits.map((limit) => (
            <div key={limit.key}>
              <dt className="first-letter:uppercase">{limit.name}</dt>
              <dd className={limit.partly ? "text-muted" : "text-warning-text"}>{limit.says}</dd>
            </div>
          ))}
        </dl>
      )}
    </Popover>
  );
}

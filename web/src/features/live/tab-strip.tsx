import { Globe, Plus, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { cn } from "@/lib/class-names.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { iHoldControl } from "./live-model.ts";
import { useLive, useLiveSession } from "./use-live.ts";

/** The pages of the session. */
export function TabStrip() {
  const live = useLiveSession();
  const tabs = useLive((model) => model.session?.tabs);
  const mine = useLive(iHoldControl);
  return (
    <div className="flex h-9 shrink-0 items-end gap-1 border-b border-line bg-sunken px-2 max-md:h-11">
      <div role="tablist" aria-label="Page tabs" className="flex min-w-0 flex-1 items-end gap-1 overflow-x-auto [scrollbar-width:none]">
        {tabs?.map((tab) => {
          const name = tab.title || shortUrl(tab.url) || "New tab";
          return (
            <div
              key={tab.index}
              className={cn(
                "group flex h-8 max-w-56 min-w-28 flex-1 items-center rounded-t border border-b-0 border-transparent pl-2 text-muted max-md:h-10",
                tab.active && "border-line bg-surface text-ink",
              )}
            >
              <button
                type="button"
                role="tab"
                aria-selected={tab.active}
                aria-label={name}
                title={`${name}\n${tab.url}`}
                disabled={!mine}
                onClick={() => live.send({ t: "tab", action: "switch", index: tab.index })}
                className="flex h-full min-w-0 flex-1 items-center gap-2 text-left -outline-offset-2 hover:text-ink"
              >
                {tab.loading ? (
                  <span className="size-3.5 shrink-0 animate-spin rounded-full border-2 border-accent border-t-transparent" />
                ) : (
                  <Globe className="size-3.5 shrink-0 text-faint" aria-hidden />
                )}
                <span className="truncate">{name}</span>
              </button>
              {mine && (tabs.length > 1 || tab.url !== "about:blank") && (
                <button
                  type="button"
                  aria-label={`Close tab ${name}`}
                  onClick={() => live.send({ t: "tab", action: "close", index: tab.index })}
                  className="mx-1 flex size-5 items-center justify-center rounded-sm text-faint opacity-0 group-hover:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 max-md:size-8 max-md:opacity-100"
                >
                  <X className="size-3.5" />
                </button>
              )}
            </div>
          );
        })}
      </div>
      <IconButton label="New tab" disabled={!mine} onClick={() => live.send({ t: "tab", action: "new" })} className="mb-0.5 size-7">
        <Plus />
      </IconButton>
    </div>
  );
}

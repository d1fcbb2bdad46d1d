import { Globe, Plus, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { cn } from "@/lib/class-names.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { iHoldControl } from "./live-model.ts";
import type { TabState } from "./protocol.ts";
import { useLive, useLiveSession } from "./use-live.ts";

const tabBox = "flex h-8 w-56 max-w-56 min-w-28 shrink items-center gap-2 max-md:h-11 max-md:w-40";

const nameOf = (tab: TabState): string => tab.title || shortUrl(tab.url) || "New tab";

/** The pages of the session. */
export function TabStrip() {
  const live = useLiveSession();
  const tabs = useLive((model) => model.session?.tabs) ?? [];
  const mine = useLive(iHoldControl);
  return (
    <div className="flex h-9 shrink-0 items-end gap-1 border-b border-line bg-sunken px-2 max-md:h-11">
      <div className="min-w-0 flex-1 self-stretch overflow-x-auto overflow-y-hidden [scrollbar-width:none]">
        <div className="relative h-full w-fit min-w-full">
          <div role="tablist" aria-label="Page tabs" className="flex h-full items-end gap-1">
            {tabs.map((tab) => (
              <button
                key={tab.index}
                type="button"
                role="tab"
                aria-selected={tab.active}
                title={`${nameOf(tab)}\n${tab.url}`}
                disabled={!mine}
                onClick={() => live.send({ t: "tab", action: "switch", index: tab.index })}
                className={cn(
                  tabBox,
                  "rounded-t border border-b-0 border-transparent pr-8 pl-2 max-md:pr-10 text-left text-muted -outline-offset-2 hover:text-ink",
                  tab.active && "border-line bg-surface text-ink",
                )}
              >
                {tab.loading ? (
                  <span className="size-3.5 shrink-0 animate-spin rounded-full border-2 border-accent border-t-transparent" />
                ) : (
                  <Globe className="size-3.5 shrink-0 text-faint" aria-hidden />
                )}
                <span className="truncate">{nameOf(tab)}</span>
              </button>
            ))}
          </div>
          {/* A tab list may hold tabs only, so the buttons that close them lie over it in boxes of the same size. */}
          <div className="pointer-events-none absolute inset-0 flex items-end gap-1">
            {tabs.map((tab) => (
              <div key={tab.index} className={cn(tabBox, "group justify-end")}>
                {mine && (tabs.length > 1 || tab.url !== "about:blank") && (
                  <button
                    type="button"
                    aria-label={`Close tab ${nameOf(tab)}`}
                    onClick={() => live.send({ t: "tab", action: "close", index: tab.index })}
                    className="pointer-events-auto mx-1 flex size-5 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink max-md:mx-0 max-md:h-11 max-md:w-10"
                  >
                    <X className="size-3.5" />
                  </button>
                )}
              </div>
            ))}
          </div>
        </div>
      </div>
      <IconButton label="New tab" disabled={!mine} onClick={() => live.send({ t: "tab", action: "new" })} className="mb-0.5 size-7">
        <Plus />
      </IconButton>
    </div>
  );
}

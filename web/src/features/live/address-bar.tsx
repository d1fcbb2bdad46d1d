import { ArrowLeft, ArrowRight, RotateCw, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { fieldStyle } from "@/components/ui/input.tsx";
import { toAddress } from "@/lib/address.ts";
import { cn } from "@/lib/class-names.ts";
import { activeTab, iHoldControl } from "./live-model.ts";
import { useLive, useLiveSession } from "./use-live.ts";

/** Back, forward, reload and where the page is. */
export function AddressBar() {
  const live = useLiveSession();
  const url = useLive((model) => activeTab(model)?.url ?? "");
  const loading = useLive((model) => activeTab(model)?.loading ?? false);
  const mine = useLive(iHoldControl);
  const [typed, setTyped] = useState<string>();
  const fieldRef = useRef<HTMLInputElement>(null);

  // A page that went elsewhere makes what was typed stale, unless somebody is typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new address is the trigger
  useEffect(() => {
    if (document.activeElement !== fieldRef.current) setTyped(undefined);
  }, [url]);

  const nav = (action: "back" | "forward" | "reload" | "stop") => live.send({ t: "nav", action });
  return (
    <div role="toolbar" aria-label="Browser" className="flex min-w-0 flex-1 items-center gap-0.5">
      <IconButton label="Back" disabled={!mine} onClick={() => nav("back")}>
        <ArrowLeft />
      </IconButton>
      <IconButton label="Forward" disabled={!mine} onClick={() => nav("forward")} className="max-md:hidden">
        <ArrowRight />
      </IconButton>
      <IconButton label={loading ? "Stop loading" : "Reload"} disabled={!mine} onClick={() => nav(loading ? "stop" : "reload")}>
        {loading ? <X /> : <RotateCw />}
      </IconButton>
      <form
        className="relative ml-1 min-w-0 flex-1"
        onSubmit={(event) => {
          event.preventDefault();
          live.send({ t: "nav", action: "goto", url: toAddress(typed ?? url) });
          setTyped(undefined);
          fieldRef.current?.blur();
        }}
      >
        <input
          ref={fieldRef}
          aria-label="Address"
          value={typed ?? url}
          readOnly={!mine}
          inputMode="url"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setTyped(undefined);
            event.currentTarget.blur();
          }}
          className={cn(fieldStyle, "h-8 bg-bg max-md:h-11", !mine && "text-muted")}
        />
        {loading && (
          <span className="absolute inset-x-1 -bottom-px h-0.5 overflow-hidden rounded-full" aria-hidden>
            <span className="breathe block h-full w-full bg-accent" />
          </span>
        )}
      </form>
    </div>
  );
}

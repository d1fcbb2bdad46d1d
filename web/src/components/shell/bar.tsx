import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { ChevronRight, Search } from "lucide-react";
import { runsQuery } from "@/api/runs.ts";
import { sessionsQuery } from "@/api/sessions.ts";
import { cn } from "@/lib/class-names.ts";
import { usePlaceName } from "@/lib/place.ts";
import { commandKey } from "@/lib/platform.ts";
import { Kbd } from "../ui/kbd.tsx";
import { sectionOf } from "./sections.ts";

/** The bar: where am I, search, what is running. */
export function Bar({ onSearch }: { onSearch: () => void }) {
  const path = useLocation({ select: (location) => location.pathname });
  const section = sectionOf(path);
  const name = usePlaceName();
  const inside = path !== section.to && name && name !== section.name;
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 max-md:px-3">
      <nav aria-label="Path" className="flex min-w-0 flex-1 items-center gap-1.5">
        <Link to={section.to} className={cn("flex items-center max-md:min-h-11", inside ? "text-muted hover:text-ink" : "font-medium")}>
          {section.name}
        </Link>
        {inside && (
          <>
            <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
            <span className="truncate font-medium" aria-current="page">
              {name}
            </span>
          </>
        )}
      </nav>
      <button
        type="button"
        aria-label="Search and commands"
        onClick={onSearch}
        className="flex h-8 items-center gap-2 rounded border border-line bg-bg px-2.5 text-muted hover:border-line-strong hover:text-ink max-md:-mr-2 max-md:size-11 max-md:justify-center max-md:border-transparent max-md:bg-transparent md:w-56"
      >
        <Search className="size-3.5 max-md:size-4.5" aria-hidden />
        <span className="flex-1 text-left text-data max-md:hidden">Search or go to…</span>
        <span className="flex gap-0.5 max-md:hidden">
          <Kbd>{commandKey}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <Running />
    </header>
  );
}

function Running() {
  const live = useQuery(sessionsQuery({ status: "live", limit: 50 })).data?.pagination.total;
  const runs = useQuery(runsQuery({ status: "running", limit: 1 })).data?.pagination.total ?? 0;
  return (
    <div className="flex items-center gap-1 max-sm:hidden">
      <Count to="/sessions" count={live} word="live" />
      {runs > 0 && <Count to="/runs" count={runs} word="running" />}
    </div>
  );
}

function Count({ to, count, word }: { to: "/sessions" | "/runs"; count: number | undefined; word: string }) {
  return (
    <Link to={to} className="flex h-8 items-center gap-1.5 rounded px-2 text-data text-muted tabular-nums hover:bg-hover hover:text-ink">
      <span className={`size-2 rounded-full ${count ? "breathe bg-success" : "bg-line-strong"}`} />
      {word} {count ?? "–"}
    </Link>
  );
}

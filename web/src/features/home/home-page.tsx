import { useNamePlace } from "@/lib/place.ts";
import { LastRuns } from "./last-runs.tsx";
import { NextRuns } from "./next-runs.tsx";
import { OpenPage } from "./open-page.tsx";
import { RecentRecordings } from "./recent-recordings.tsx";
import { RunningSessions } from "./running-sessions.tsx";

export function HomePage() {
  useNamePlace("Home");
  return (
    <div className="relative min-h-full">
      <div
        aria-hidden
        className="pointer-events-none absolute inset-x-0 top-0 h-64 bg-[radial-gradient(50%_100%_at_50%_0%,color-mix(in_srgb,var(--accent)_15%,transparent),transparent)]"
      />
      <div className="relative mx-auto flex max-w-270 flex-col gap-8 px-6 pb-12 max-md:gap-6 max-md:px-4">
        <OpenPage />
        <RunningSessions />
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_340px]">
          <RecentRecordings />
          <div className="flex min-w-0 flex-col gap-8 max-md:gap-6">
            <LastRuns />
            <NextRuns />
          </div>
        </div>
      </div>
    </div>
  );
}

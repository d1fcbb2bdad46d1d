import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarClock, ListVideo, X } from "lucide-react";
import { runsQuery } from "@/api/runs.ts";
import type { Run, RunStatus } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, SkeletonRows } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { browserName } from "@/lib/engines.ts";
import { useNamePlace } from "@/lib/place.ts";
import { wholeFigures, wholeStatus } from "@/lib/run-status.ts";
import { wholeVerdict } from "./verdict.ts";

const statuses: Choice<RunStatus | "any">[] = [
  { value: "any", label: "Any status" },
  { value: "queued", label: "Queued" },
  { value: "running", label: "Running" },
  { value: "passed", label: "Passed" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
  { value: "timedOut", label: "Timed out" },
];

export function RunsPage() {
  useNamePlace("Runs");
  const { status, recordingId, scheduleId, page } = useSearch({ from: "/frame/runs" });
  const navigate = useNavigate({ from: "/runs" });
  const runs = useQuery(runsQuery({ status, recordingId, scheduleId, page, limit: 50 }));
  const items = runs.data?.items ?? [];
  const slowest = Math.max(1, ...items.map((run) => wholeFigures(run).durationMs ?? 0));

  return (
    <>
      <PageHeader title="Runs">
        {recordingId && (
          <Button tone="quiet" icon={<X />} onClick={() => navigate({ search: (old) => ({ ...old, recordingId: undefined }) })}>
            {items[0]?.recordingName ?? "One recording"}
          </Button>
        )}
        {scheduleId && (
          <Button tone="quiet" icon={<X />} onClick={() => navigate({ search: (old) => ({ ...old, scheduleId: undefined }) })}>
            One schedule
          </Button>
        )}
        <Link to="/schedules" className={buttonStyle({ className: "md:hidden" })}>
          <CalendarClock />
          Schedules
        </Link>
        <Select
          label="Status"
          className="w-40"
          value={status ?? "any"}
          choices={statuses}
          onChange={(value) => navigate({ search: (old) => ({ ...old, status: value === "any" ? undefined : value, page: undefined }) })}
        />
      </PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {runs.isPending && <SkeletonRows className="rounded-lg border border-line" />}
        {runs.isError && <Failure what="Runs could not be loaded" error={runs.error} retry={runs.refetch} />}
        {runs.data && items.length === 0 && <Nothing filtered={Boolean(status || recordingId || scheduleId)} />}
        {items.length > 0 && (
          <div className="overflow-hidden rounded-lg border border-line bg-surface">
            <table aria-label="Runs" className="w-full border-collapse text-left max-md:block">
              <thead className="text-data text-muted max-md:hidden">
                <tr className="h-8 border-b border-line">
                  <th className="w-64 pl-4 font-medium">Verdict</th>
                  <th className="font-medium">Recording</th>
                  <th className="w-44 font-medium">Steps passed</th>
                  <th className="w-36 font-medium">Browser</th>
                  <th className="w-36 pr-6 text-right font-medium">Duration</th>
                  <th className="w-28 pr-4 text-right font-medium">Started</th>
                </tr>
              </thead>
              <tbody className="max-md:block">
                {items.map((run) => (
                  <Row key={run.id} run={run} slowest={slowest} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      <Pager pagination={runs.data?.pagination} onPage={(next) => navigate({ search: (old) => ({ ...old, page: next }) })} />
    </>
  );
}

function Row({ run, slowest }: { run: Run; slowest: number }) {
  return (
    <tr className="relative h-10 border-b border-line last:border-0 hover:bg-hover max-md:grid max-md:h-auto max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5">
      <td className="pl-4 max-md:order-2 max-md:pl-0">
        <span className={cn("flex items-center gap-2 whitespace-nowrap", statusLook(wholeStatus(run)).text)}>
          <StatusIcon status={wholeStatus(run)} />
          {wholeVerdict(run)}
        </span>
      </td>
      <td className="max-w-0 truncate max-md:order-1 max-md:col-span-2 max-md:max-w-none">
        <Link
          to="/runs/$id"
          params={{ id: run.id }}
          data-row
          className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {run.recordingName}
        </Link>
      </td>
      <td className="max-md:hidden">
        <StepsBar run={run} />
      </td>
      <td className="text-muted max-md:hidden">
        {run.group ? (
          <span className="flex items-center gap-1">
            {(run.group.runs.length <= SHOWN ? run.group.runs : []).map((one) => (
              <span key={one.id} title={`${browserName(one.browser)}: ${statusLook(one.status).word}`} className="flex items-center">
                <StatusIcon status={one.status} />
                <span className="sr-only">
                  {browserName(one.browser)} {statusLook(one.status).word}
                </span>
              </span>
            ))}
            <span className="num text-faint">{groupSize(run.group.runs)}</span>
          </span>
        ) : (
          browserName(run.browser)
        )}
      </td>
      <td className="pr-6 text-right max-md:hidden">
        <span className="flex items-center justify-end gap-2">
          <span aria-hidden className="flex h-1 w-10 overflow-hidden rounded-full max-lg:hidden">
            <span className="min-w-0.5 bg-line-strong" style={{ width: `${((wholeFigures(run).durationMs ?? 0) / slowest) * 100}%` }} />
          </span>
          <span className="num min-w-14">{formatDuration(wholeFigures(run).durationMs)}</span>
        </span>
      </td>
      <td className="pr-4 text-right max-md:order-3 max-md:pr-0">
        <Moment at={run.createdAt} />
      </td>
    </tr>
  );
}

/** More runs of a group than this are only counted. */
const SHOWN = 6;

/** `3 browsers`, `20 rows`, `2 browsers × 20 rows`. */
function groupSize(runs: readonly { browser: string; row?: number | null }[]): string {
  const browsers = new Set(runs.map((one) => one.browser)).size;
  const rows = new Set(runs.map((one) => one.row ?? 0)).size;
  if (rows === 1) return `${browsers} browsers`;
  return browsers === 1 ? `${rows} rows` : `${browsers} browsers × ${rows} rows`;
}

/** How the steps went, as shares of a bar, with the figures. */
function StepsBar({ run }: { run: Run }) {
  const figures = wholeFigures(run);
  const total = Math.max(figures.stepsTotal, 1);
  const share = (count: number) => ({ width: `${(count / total) * 100}%` });
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="flex h-1.5 w-20 overflow-hidden rounded-full bg-line">
        <span className="bg-success" style={share(figures.stepsPassed)} />
        <span className="bg-danger" style={share(figures.stepsFailed)} />
        <span className="bg-line-strong" style={share(figures.stepsSkipped)} />
      </span>
      <span className="num text-muted">
        {figures.stepsPassed} of {figures.stepsTotal}
      </span>
    </span>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty icon={<ListVideo />} title="No run matches" />;
  return (
    <Empty
      icon={<ListVideo />}
      title="No runs yet"
      action={
        <Link to="/recordings" className={buttonStyle({ tone: "primary" })}>
          Go to recordings
        </Link>
      }
    >
      A run performs a recording in a fresh browser and says, step by step, what held and what did not.
    </Empty>
  );
}

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, RotateCw, TriangleAlert } from "lucide-react";

import { doctorQuery, healthQuery } from "@/api/system.ts";
import type { DoctorCheck } from "@/api/types.ts";
import { Section } from "@/components/section.tsx";
import { Failure, SkeletonRows } from "@/components/states.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { formatDuration } from "@/lib/duration.ts";

/** What the server found on its machine, and how it is now. */
export function Health() {
  const health = useQuery(healthQuery).data;
  const doctor = useQuery(doctorQuery);
  const figures: [string, string][] = health
    ? [
        ["Version", health.version],
        ["Up for", formatDuration(health.uptimeMs)],
        ["Live sessions", String(health.sessions)],
        // Runs, films and renders together, while the workers are those of runs alone: no "of so many" would be true.
        ["Jobs now", String(health.queue.running)],
        ["Jobs waiting", String(health.queue.queued)],
        ["Runs at once", String(health.workers)],
      ]
    : [];
  return (
    <Section
      title="System health"
      actions={
        <IconButton label="Look again" onClick={() => doctor.refetch()} disabled={doctor.isFetching}>
          <RotateCw />
        </IconButton>
      }
    >
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <dl className="flex flex-wrap gap-x-8 gap-y-2 border-b border-line px-4 py-3">
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt className="text-data text-muted">{name}</dt>
              <dd className="text-h3 font-medium tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        {doctor.isPending && <SkeletonRows rows={5} />}
        {doctor.isError && (
          <Failure what="The machine could not be examined" error={doctor.error} retry={doctor.refetch} className="py-8" />
        )}
        <ul>
          {doctor.data?.map((check) => (
            <Check key={check.name} check={check} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Check({ check }: { check: DoctorCheck }) {
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2 last:border-0">
      {check.status === "ok" ? (
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-success-text" aria-label="OK" />
      ) : check.status === "warning" ? (
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning-text" aria-label="Warning" />
      ) : (
        <CircleX className="mt-0.5 size-4 shrink-0 text-danger-text" aria-label="Missing" />
      )}
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{check.name}</span> <span className="text-muted">{check.detail}</span>
        </p>
        {check.help && <p className="text-data text-muted">{check.help}</p>}
      </div>
    </li>
  );
}

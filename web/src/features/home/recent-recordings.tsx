import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { recordingsQuery } from "@/api/recordings.ts";
import { Section } from "@/components/section.tsx";
import { Failure, SkeletonRows } from "@/components/states.tsx";
import { RecordingRow } from "@/features/recordings/recording-row.tsx";

export function RecentRecordings() {
  const recordings = useQuery(recordingsQuery({ limit: 6 }));
  return (
    <Section
      title="Recent recordings"
      actions={
        <Link
          to="/recordings"
          search={{}}
          className="flex items-center rounded px-1 text-data text-muted hover:text-ink max-md:min-h-11 max-md:min-w-11 max-md:justify-end"
        >
          All recordings
        </Link>
      }
    >
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        {recordings.isPending && <SkeletonRows rows={4} />}
        {recordings.isError && (
          <Failure what="Recordings could not be loaded" error={recordings.error} retry={recordings.refetch} compact />
        )}
        {recordings.data?.items.length === 0 && (
          <p className="px-4 py-6 text-center text-balance text-muted">
            Open a page, press Record and work as usual. What you do becomes a recording that can be run again.
          </p>
        )}
        <ul>
          {recordings.data?.items.map((recording) => (
            <RecordingRow key={recording.id} recording={recording} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

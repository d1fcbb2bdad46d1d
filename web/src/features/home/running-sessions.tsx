import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sessionsQuery } from "@/api/sessions.ts";
import { Section } from "@/components/section.tsx";
import { Failure, Skeleton } from "@/components/states.tsx";
import { SessionCard } from "@/features/sessions/session-card.tsx";

export function RunningSessions() {
  const sessions = useQuery(sessionsQuery({ status: "live", limit: 6 }));
  return (
    <Section
      title="Running sessions"
      actions={
        <Link
          to="/sessions"
          className="flex items-center rounded px-1 text-data text-muted hover:text-ink max-md:min-h-11 max-md:min-w-11 max-md:justify-end"
        >
          All sessions
        </Link>
      }
    >
      {sessions.isPending && (
        <div aria-busy="true" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {[0, 1, 2].map((each) => (
            <Skeleton key={each} className="aspect-[16/11] rounded-lg" />
          ))}
        </div>
      )}
      {sessions.isError && (
        <Failure
          what="Sessions could not be loaded"
          error={sessions.error}
          retry={sessions.refetch}
          compact
          className="rounded-lg border border-line bg-surface"
        />
      )}
      {sessions.data?.items.length === 0 && (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-5 text-center text-muted">
          The stage is dark. Type an address above and a real browser opens it here.
        </p>
      )}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {sessions.data?.items.map((session) => (
          <li key={session.id}>
            <SessionCard session={session} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

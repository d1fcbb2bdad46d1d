import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { MonitorPlay, Square } from "lucide-react";
import { sessionsQuery, stopSession } from "@/api/sessions.ts";
import type { Session } from "@/api/types.ts";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, Skeleton } from "@/components/states.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { SessionCard } from "./session-card.tsx";
import { sessionName } from "./session-name.ts";

const filters = { running: "live", ended: "stopped", all: undefined } as const;

export function SessionsPage() {
  useNamePlace("Sessions");
  const { show = "running", page } = useSearch({ from: "/frame/sessions" });
  const navigate = useNavigate();
  const sessions = useQuery(sessionsQuery({ status: filters[show], page, limit: 24 }));

  return (
    <>
      <PageHeader title="Sessions">
        <Segmented
          label="Show"
          value={show}
          choices={[
            { value: "running", label: "Running" },
            { value: "ended", label: "Ended" },
            { value: "all", label: "All" },
          ]}
          onChange={(value) => navigate({ to: "/sessions", search: { show: value === "running" ? undefined : value, page: undefined } })}
        />
        <Link to="/" className={buttonStyle({ tone: "primary" })}>
          Open a page
        </Link>
      </PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {sessions.isPending && (
          <div aria-busy="true" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
            {[0, 1, 2, 3].map((each) => (
              <Skeleton key={each} className="aspect-[16/11] rounded-lg" />
            ))}
          </div>
        )}
        {sessions.isError && <Failure what="Sessions could not be loaded" error={sessions.error} retry={sessions.refetch} />}
        {sessions.data?.items.length === 0 && <Nothing show={show} />}
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
          {sessions.data?.items.map((session) => (
            <li key={session.id} className="group/item relative">
              <SessionCard session={session} />
              {session.status === "live" && <Stop session={session} />}
            </li>
          ))}
        </ul>
      </div>
      <Pager
        pagination={sessions.data?.pagination}
        onPage={(next) => navigate({ to: "/sessions", search: (old) => ({ ...old, page: next }) })}
      />
    </>
  );
}

function Stop({ session }: { session: Session }) {
  const cache = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopSession(session.id),
    onSuccess: () => toast.done(`${sessionName(session)} ended`),
    onError: (error) => toast.failed("The session could not be ended", error),
    onSettled: () => cache.invalidateQueries({ queryKey: ["sessions"] }),
  });
  return (
    <IconButton
      label={`Stop ${sessionName(session)}`}
      onClick={() => stop.mutate()}
      disabled={stop.isPending}
      className="absolute top-2 right-2 border-line-strong bg-raised opacity-0 transition-opacity group-focus-within/item:opacity-100 group-hover/item:opacity-100 [@media(pointer:coarse)]:opacity-100"
    >
      <Square />
    </IconButton>
  );
}

function Nothing({ show }: { show: keyof typeof filters }) {
  return (
    <Empty
      icon={<MonitorPlay />}
      title={show === "ended" ? "No session has ended yet" : "No session is running"}
      action={
        <Link to="/" className={buttonStyle({ tone: "primary" })}>
          Open a page
        </Link>
      }
    >
      A session is a real browser on the server that you watch and work in, alone or with others.
    </Empty>
  );
}

import { Tabs } from "@base-ui/react/tabs";
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
import { toast } from "@/components/ui/toaster.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { SessionCard } from "./session-card.tsx";
import { sessionName } from "./session-name.ts";

const filters = [
  { value: "running", label: "Running", status: "live" },
  { value: "ended", label: "Ended", status: "stopped" },
  { value: "all", label: "All", status: undefined },
] as const;

export function SessionsPage() {
  useNamePlace("Sessions");
  const { show = "running", page } = useSearch({ from: "/frame/sessions" });
  const navigate = useNavigate();
  const sessions = useQuery(sessionsQuery({ status: filters.find((each) => each.value === show)?.status, page, limit: 24 }));

  return (
    <Tabs.Root
      value={show}
      onValueChange={(value) =>
        navigate({ to: "/sessions", search: { show: value === "running" ? undefined : (value as "ended" | "all"), page: undefined } })
      }
    >
      <PageHeader title="Sessions">
        <Tabs.List aria-label="Show" className="inline-flex rounded border border-line bg-sunken p-0.5">
          {filters.map(({ value, label }) => (
            <Tabs.Tab
              key={value}
              value={value}
              className="flex h-6.5 items-center rounded-sm px-2.5 text-data text-muted select-none hover:text-ink data-active:bg-raised data-active:font-medium data-active:text-ink data-active:shadow-[0_0_0_1px_var(--line-strong)] max-md:h-11 max-md:min-w-11 max-md:justify-center"
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Link to="/" className={buttonStyle({ tone: "primary" })}>
          Open a page
        </Link>
      </PageHeader>
      <Tabs.Panel value={show} className="px-6 pb-6 outline-none max-md:px-4">
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
      </Tabs.Panel>
      <Pager
        pagination={sessions.data?.pagination}
        onPage={(next) => navigate({ to: "/sessions", search: (old) => ({ ...old, page: next }) })}
      />
    </Tabs.Root>
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

function Nothing({ show }: { show: string }) {
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

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck, X } from "lucide-react";
import { errorsQuery } from "@/api/errors.ts";
import type { ErrorRecord } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, SkeletonRows } from "@/components/states.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Select } from "@/components/ui/select.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { errorTitle, KindWord, kindChoices, SeverityWord, severityChoices } from "./error-kind.tsx";

export function ErrorsPage() {
  useNamePlace("Errors");
  const search = useSearch({ from: "/frame/errors" });
  const navigate = useNavigate({ from: "/errors" });
  const errors = useQuery(errorsQuery({ ...search, limit: 50 }));
  const items = errors.data?.items ?? [];
  const filtered = Boolean(search.kind || search.severity || search.session || search.run);
  const set = (key: "kind" | "severity", value: string) =>
    navigate({ search: (old) => ({ ...old, [key]: value === "any" ? undefined : value, page: undefined }) });

  return (
    <>
      <PageHeader title="Errors">
        {(search.session || search.run) && (
          <Button tone="quiet" icon={<X />} onClick={() => navigate({ search: (old) => ({ ...old, session: undefined, run: undefined }) })}>
            One {search.session ? "session" : "run"}
          </Button>
        )}
        <Select
          label="Kind"
          className="w-36"
          value={search.kind ?? "any"}
          choices={[{ value: "any", label: "Any kind" }, ...kindChoices]}
          onChange={(value) => set("kind", value)}
        />
        <Select
          label="Severity"
          className="w-36"
          value={search.severity ?? "any"}
          choices={[{ value: "any", label: "Any severity" }, ...severityChoices]}
          onChange={(value) => set("severity", value)}
        />
      </PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {errors.isPending && <SkeletonRows className="rounded-lg border border-line" />}
        {errors.isError && <Failure what="Errors could not be loaded" error={errors.error} retry={errors.refetch} />}
        {errors.data && items.length === 0 && (
          <Empty icon={<CircleCheck />} title={filtered ? "No error matches" : "No errors"}>
            {filtered
              ? "Try another kind or severity."
              : "What goes wrong in sessions and runs is kept here with a picture, the console and the requests around it."}
          </Empty>
        )}
        {items.length > 0 && (
          <ul aria-label="Errors" className="overflow-hidden rounded-lg border border-line bg-surface">
            {items.map((error) => (
              <Row key={error.id} error={error} />
            ))}
          </ul>
        )}
      </div>
      <Pager pagination={errors.data?.pagination} onPage={(next) => navigate({ search: (old) => ({ ...old, page: next }) })} />
    </>
  );
}

function Row({ error }: { error: ErrorRecord }) {
  return (
    <li className="relative flex min-h-11 items-center gap-4 border-b border-line px-4 py-2 last:border-0 hover:bg-hover max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-0.5">
      <SeverityWord severity={error.severity} className="w-22 max-md:w-auto" />
      <div className="min-w-0 flex-1 max-md:order-first max-md:w-full max-md:flex-none">
        <Link
          to="/errors/$id"
          params={{ id: error.id }}
          data-row
          className="line-clamp-1 font-medium break-all outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {errorTitle(error)}
        </Link>
        {error.url && <p className="truncate text-data text-muted">{shortUrl(error.url)}</p>}
      </div>
      <span className="flex w-24 items-center max-md:w-auto">
        <KindWord kind={error.kind} />
      </span>
      <span className="num w-12 text-right text-muted max-md:w-auto" title="How often it was met">
        ×{error.count ?? 1}
      </span>
      <span className="w-24 text-right max-md:ml-auto max-md:w-auto">
        <Moment at={error.occurredAt} />
      </span>
    </li>
  );
}

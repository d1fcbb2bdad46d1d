import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Image, Plus } from "lucide-react";
import { renderStorageQuery, rendersQuery } from "@/api/renders.ts";
import type { Render, RenderStatus } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, Skeleton } from "@/components/states.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { takenRoom } from "@/lib/keep.ts";
import { useNamePlace } from "@/lib/place.ts";
import { formatBytes } from "@/lib/size.ts";
import { Poster } from "./output.tsx";
import { Pool } from "./pool.tsx";

const statuses: Choice<RenderStatus | "any">[] = [
  { value: "any", label: "Any status" },
  { value: "queued", label: "Queued" },
  { value: "rendering", label: "Rendering" },
  { value: "delivering", label: "Delivering" },
  { value: "done", label: "Done" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
];

/** As many columns as there is room for. */
const gallery = "grid grid-cols-[repeat(auto-fill,minmax(190px,1fr))] gap-4 max-md:grid-cols-2 max-md:gap-3";

/** What was rendered, newest first. */
export function RendersPage() {
  useNamePlace("Renders");
  const { status, page } = useSearch({ from: "/frame/renders" });
  const navigate = useNavigate({ from: "/renders" });
  const renders = useQuery(rendersQuery({ status, page, limit: 48 }));
  const storage = useQuery(renderStorageQuery());
  const items = renders.data?.items ?? [];

  return (
    <>
      <PageHeader
        title="Renders"
        meta={storage.data && <span className="num">{takenRoom(storage.data.renders, "render", storage.data)}</span>}
      >
        <Select
          label="Status"
          className="w-36"
          value={status ?? "any"}
          choices={statuses}
          onChange={(value) => navigate({ search: { status: value === "any" ? undefined : value, page: undefined } })}
        />
        <Link to="/renders/new" className={buttonStyle({ tone: "primary" })}>
          <Plus />
          New render
        </Link>
      </PageHeader>
      <Pool />
      <div className="px-6 pb-6 max-md:px-4">
        {renders.isPending && (
          <div role="status" aria-busy="true" aria-label="Loading" className={gallery}>
            {Array.from({ length: 8 }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
              <Skeleton key={index} className="aspect-[4/5] rounded-lg" />
            ))}
          </div>
        )}
        {renders.isError && <Failure what="Renders could not be loaded" error={renders.error} retry={renders.refetch} />}
        {renders.data && items.length === 0 && <Nothing filtered={Boolean(status)} />}
        {items.length > 0 && (
          <ul aria-label="Renders" className={gallery}>
            {items.map((render) => (
              <Card key={render.id} render={render} />
            ))}
          </ul>
        )}
      </div>
      <Pager pagination={renders.data?.pagination} onPage={(next) => navigate({ search: (old) => ({ ...old, page: next }) })} />
    </>
  );
}

function Card({ render }: { render: Render }) {
  return (
    <li className="group relative overflow-hidden rounded-lg border border-line bg-surface hover:border-line-strong">
      <Poster render={render} />
      <div className="flex flex-col gap-0.5 border-t border-line px-3 py-2">
        <Link
          to="/renders/$id"
          params={{ id: render.id }}
          data-row
          className="truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {render.name}
        </Link>
        <span className="flex items-center gap-1.5 text-data text-muted">
          <StatusIcon status={render.status} className="size-3.5" />
          <span className="num min-w-0 flex-1 truncate">{render.result ? figures(render) : statusLook(render.status).word}</span>
          <Moment at={render.createdAt} className="text-data max-md:hidden" />
        </span>
      </div>
    </li>
  );
}

function figures(render: Render): string {
  const made = render.result;
  if (!made) return "";
  return `${made.width} × ${made.height} · ${formatBytes(made.bytes)}`;
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty icon={<Image />} title="No render stands there" />;
  return (
    <Empty
      icon={<Image />}
      title="No renders yet"
      action={
        <Link to="/renders/new" className={buttonStyle({ tone: "primary" })}>
          Open the playground
        </Link>
      }
    >
      A render draws a p5 sketch, a script or a page frame by frame and gives a picture or a film: the same code and seed, the same bytes.
    </Empty>
  );
}

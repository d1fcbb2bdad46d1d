import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FilmIcon, Plus } from "lucide-react";
import { filmStorageQuery, filmsQuery } from "@/api/films.ts";
import type { FilmStatus } from "@/api/types.ts";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, Skeleton } from "@/components/states.tsx";
import { buttonStyle } from "@/components/ui/button.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { takenRoom } from "@/lib/keep.ts";
import { useNamePlace } from "@/lib/place.ts";
import { FilmCard } from "./film-card.tsx";

const statuses: Choice<FilmStatus | "any">[] = [
  { value: "any", label: "Any status" },
  { value: "queued", label: "Queued" },
  { value: "filming", label: "Filming" },
  { value: "finishing", label: "Finishing" },
  { value: "delivering", label: "Delivering" },
  { value: "done", label: "Done" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
];

/** As many columns as there is room for. */
const gallery = "grid grid-cols-[repeat(auto-fill,minmax(270px,1fr))] gap-4";

/** What was filmed, newest first. */
export function FilmsPage() {
  useNamePlace("Films");
  const { status, page } = useSearch({ from: "/frame/films" });
  const navigate = useNavigate({ from: "/films" });
  const films = useQuery(filmsQuery({ status, page, limit: 48 }));
  const storage = useQuery(filmStorageQuery());
  const items = films.data?.items ?? [];

  return (
    <>
      <PageHeader title="Films" meta={storage.data && <span className="num">{takenRoom(storage.data.films, "film", storage.data)}</span>}>
        <Select
          label="Status"
          className="w-36"
          value={status ?? "any"}
          choices={statuses}
          onChange={(value) => navigate({ search: { status: value === "any" ? undefined : value, page: undefined } })}
        />
        <Link to="/films/new" className={buttonStyle({ tone: "primary" })}>
          <Plus />
          New film
        </Link>
      </PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {films.isPending && (
          <div role="status" aria-busy="true" aria-label="Loading" className={gallery}>
            {Array.from({ length: 8 }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
              <Skeleton key={index} className="aspect-[4/3] rounded-lg" />
            ))}
          </div>
        )}
        {films.isError && <Failure what="Films could not be loaded" error={films.error} retry={films.refetch} />}
        {films.data && items.length === 0 && <Nothing filtered={Boolean(status)} />}
        {items.length > 0 && (
          <ul aria-label="Films" className={gallery}>
            {items.map((film) => (
              <FilmCard key={film.id} film={film} fresh={films.dataUpdatedAt} />
            ))}
          </ul>
        )}
      </div>
      <Pager pagination={films.data?.pagination} onPage={(next) => navigate({ search: (old) => ({ ...old, page: next }) })} />
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty icon={<FilmIcon />} title="No film stands there" />;
  return (
    <Empty
      icon={<FilmIcon />}
      title="No films yet"
      action={
        <Link to="/films/new" className={buttonStyle({ tone: "primary" })}>
          Make a film
        </Link>
      }
    >
      A film shows a page at human pace: a tour that is made of its address, a storyboard that you write, or one of your recordings, with
      pointer, zoom, captions and chapters.
    </Empty>
  );
}

import { useQuery } from "@tanstack/react-query";
import { rendersQuery } from "@/api/renders.ts";
import { healthQuery } from "@/api/system.ts";
import { Skeleton } from "@/components/states.tsx";
import { figuresOf } from "./pool-figures.ts";

/** Often enough to see a queue move; nothing is asked while the room cannot be seen. */
const EVERY = 5_000;

/** How busy the renderers are, and how many jobs wait for them. */
export function Pool() {
  const health = useQuery({ ...healthQuery, refetchInterval: EVERY });
  // The health counts jobs of every kind; those that wait here are the renders that stand in the queue.
  const queued = useQuery({ ...rendersQuery({ status: "queued", limit: 1 }), refetchInterval: EVERY });
  if (health.isPending) return <Skeleton className="mx-6 mb-4 h-10 w-72 max-w-full max-md:mx-4" />;
  return (
    <section aria-label="Renderers" className="px-6 pb-4 max-md:px-4">
      {health.isError ? (
        <p className="text-data text-muted">How the renderers stand could not be loaded; it is asked again.</p>
      ) : (
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          {figuresOf(health.data.renders, queued.data?.pagination.total).map(([name, value]) => (
            <div key={name}>
              <dt className="text-data text-muted">{name}</dt>
              <dd className="text-h3 font-medium tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

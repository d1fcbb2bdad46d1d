import { FilmIcon, RotateCw } from "lucide-react";
import type { FilmDetail } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Delivery } from "./delivery.tsx";
import { EditButton } from "./edit-button.tsx";
import { useFilmAgain } from "./use-film-again.ts";

const whyGone = { age: "Films are kept so long here.", space: "Newer films needed the room." } as const;

/** The film's files were removed by the rule for all films: when, why, and how to have it back. */
export function Gone({ film }: { film: FilmDetail }) {
  const again = useFilmAgain(film);
  if (!film.expired) return null;
  const isCut = film.order.edit !== undefined;
  return (
    <div role="status" className="flex w-140 max-w-full flex-col items-center gap-2 text-center">
      <FilmIcon className="size-6 text-faint" aria-hidden />
      <p className="text-h3 font-semibold">This film was removed</p>
      <p className="text-muted">
        {whyGone[film.expired.why]} It went <Moment at={film.expired.at} />. Its script and figures stay.
      </p>
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        <Button tone="primary" icon={<RotateCw />} busy={again.isPending} onClick={() => again.mutate({})}>
          {isCut ? "Cut it again" : "Film it again"}
        </Button>
        {!isCut && <EditButton film={film} />}
      </div>
      {film.delivered?.video && (
        <div className="mt-3 w-full text-left">
          <p className="mb-1 text-data text-muted">Where it was delivered to:</p>
          <Delivery film={film} />
        </div>
      )}
    </div>
  );
}

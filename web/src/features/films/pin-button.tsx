import { useQuery } from "@tanstack/react-query";
import { Pin } from "lucide-react";
import { filmStorageQuery } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { filmsLeave } from "./keep.ts";
import { usePinFilm } from "./use-film-end.ts";

/** Keeps a film for good where films go by themselves. */
export function PinButton({ film }: { film: Film }) {
  const storage = useQuery(filmStorageQuery());
  const pin = usePinFilm(film);
  if (!film.files.video || !(film.pinned || filmsLeave(storage.data))) return null;
  return (
    <Button
      icon={<Pin />}
      aria-pressed={film.pinned}
      busy={pin.isPending}
      title={film.pinned ? "Let it be removed as others are" : "Never remove it by itself"}
      onClick={() => pin.mutate(!film.pinned)}
    >
      {film.pinned ? "Kept" : "Keep"}
    </Button>
  );
}

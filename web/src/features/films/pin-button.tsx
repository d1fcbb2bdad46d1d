import { useQuery } from "@tanstack/react-query";
import { filmStorageQuery } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { KeepButton } from "@/components/keep-button.tsx";
import { theyLeave } from "@/lib/keep.ts";
import { usePinFilm } from "./use-film-end.ts";

/** Keeps a film for good where films go by themselves. */
export function PinButton({ film }: { film: Film }) {
  const storage = useQuery(filmStorageQuery());
  const pin = usePinFilm(film);
  if (!film.files.video || !(film.pinned || theyLeave(storage.data))) return null;
  return <KeepButton pinned={film.pinned} busy={pin.isPending} onKeep={pin.mutate} />;
}

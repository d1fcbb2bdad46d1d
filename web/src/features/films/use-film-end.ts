import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelFilm, deleteFilm, deliverFilm, filmQuery, pinFilm, restoreFilm } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";

/** Takes a film out of the lists, and brings it back when that was not meant. */
export function useDeleteFilm(film: Film, deleted?: () => void) {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ["films"] });
  const restore = useMutation({
    mutationFn: () => restoreFilm(film.id),
    onError: (error) => toast.failed("It could not be brought back", error),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: () => deleteFilm(film.id),
    onSuccess: () => {
      toast.done(`“${film.name}” deleted`, { undo: () => restore.mutate() });
      deleted?.();
    },
    onError: (error) => toast.failed("It could not be deleted", error),
    onSettled: refresh,
  });
}

/** Asks for the film and the lists once more. */
function useRefresh(film: Film) {
  const cache = useQueryClient();
  return () => {
    cache.invalidateQueries({ queryKey: filmQuery(film.id).queryKey });
    cache.invalidateQueries({ queryKey: ["films"] });
  };
}

/** Stops a film, also in the middle. */
export function useCancelFilm(film: Film) {
  const refresh = useRefresh(film);
  return useMutation({
    mutationFn: () => cancelFilm(film.id),
    onError: (error) => toast.failed("It could not be cancelled", error),
    onSettled: refresh,
  });
}

/** Brings a film to its public place once more. */
export function useDeliverFilm(film: Film) {
  const refresh = useRefresh(film);
  return useMutation({
    mutationFn: () => deliverFilm(film.id),
    onError: (error) => toast.failed("It could not be delivered", error),
    onSettled: refresh,
  });
}

/** Keeps a film for good, or lets it go as others do. */
export function usePinFilm(film: Film) {
  const refresh = useRefresh(film);
  return useMutation({
    mutationFn: (pinned: boolean) => pinFilm(film.id, pinned),
    onError: (error) => toast.failed("It could not be changed", error),
    onSettled: refresh,
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { filmAgain } from "@/api/films.ts";
import type { Film, FilmOrder } from "@/api/types.ts";
import { toast } from "@/components/ui/toaster.tsx";

/** Films the same once more, with what is to be otherwise, and goes there. */
export function useFilmAgain(film: Film, asked?: () => void) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (changes: FilmOrder) => filmAgain(film.id, changes),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["films"] });
      asked?.();
      return navigate({ to: "/films/$id", params: { id: started.id } });
    },
    // Where it is asked for in a dialog, the dialog says what is wrong.
    onError: (error) => {
      if (!asked) toast.failed("It could not be filmed again", error);
    },
  });
}

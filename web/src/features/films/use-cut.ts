import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { startFilm } from "@/api/films.ts";
import { type Cut, toOrder } from "./cut.ts";

/** Makes a film of films and goes there. */
export function useCut() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (cut: Cut) => startFilm(toOrder(cut)),
    onSuccess: (started) => {
      cache.invalidateQueries({ queryKey: ["films"] });
      return navigate({ to: "/films/$id", params: { id: started.id } });
    },
  });
}

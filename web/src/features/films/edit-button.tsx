import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { textArtifactQuery } from "@/api/artifacts.ts";
import type { FilmDetail } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { fromFilm, keepDraft, loadDraft } from "./draft.ts";

/** Takes up what was performed, to change it. */
export function EditButton({ film }: { film: FilmDetail }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { storyboard } = film.files;
  const edit = useMutation({
    mutationFn: async () => {
      const performed = storyboard ? await cache.fetchQuery(textArtifactQuery(storyboard)) : undefined;
      keepDraft(fromFilm(film, performed, loadDraft()));
      await navigate({ to: "/films/new", search: { film: film.id } });
    },
    onError: (error) => toast.failed("Its storyboard could not be read", error),
  });
  return (
    <Button icon={<Pencil />} busy={edit.isPending} onClick={() => edit.mutate()}>
      {/* A tour that came to nothing has no script yet, only its address. */}
      {storyboard || film.order.storyboard ? "Edit as storyboard" : "Edit"}
    </Button>
  );
}

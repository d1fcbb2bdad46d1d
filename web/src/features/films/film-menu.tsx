import { Ban, Download, Ellipsis, Trash2 } from "lucide-react";
import { isEnded } from "@/api/films.ts";
import type { Film } from "@/api/types.ts";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { useCancelFilm, useDeleteFilm } from "./use-film-end.ts";

/** What can be done with a film without opening it. */
export function FilmMenu({ film }: { film: Film }) {
  const remove = useDeleteFilm(film);
  const cancel = useCancelFilm(film);
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${film.name}`}>
          <Ellipsis />
        </IconButton>
      }
    >
      {film.files.video && (
        <MenuItem icon={<Download />} render={<a href={film.files.video} download />}>
          Download the film
        </MenuItem>
      )}
      {film.files.video && <MenuSeparator />}
      {isEnded(film) ? (
        <MenuItem icon={<Trash2 />} danger onSelect={() => remove.mutate()}>
          Delete
        </MenuItem>
      ) : (
        <MenuItem icon={<Ban />} onSelect={() => cancel.mutate()}>
          Cancel
        </MenuItem>
      )}
    </Menu>
  );
}

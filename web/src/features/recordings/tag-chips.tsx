import { Link } from "@tanstack/react-router";
import { Tag, X } from "lucide-react";
import { shownTags } from "./shown-tags.ts";

const chip =
  "relative inline-flex max-w-40 items-center gap-1 rounded-full border border-line px-2 text-data text-muted hover:bg-raised hover:text-ink";

/** The words that a recording is sorted under; each shows the recordings that have it too. */
export function TagChips({ tags }: { tags: string[] }) {
  const { shown, more } = shownTags(tags);
  return (
    <ul aria-label="Tags" className="flex items-center gap-1 empty:hidden max-sm:hidden">
      {shown.map((tag) => (
        <li key={tag}>
          <Link to="/recordings" search={{ tag }} title={`Recordings with the tag ${tag}`} className={chip}>
            <span className="truncate">{tag}</span>
          </Link>
        </li>
      ))}
      {more.length > 0 && (
        <li title={more.join(", ")} className="text-data text-faint">
          +{more.length}
        </li>
      )}
    </ul>
  );
}

/** The tag that the list is cut down to; pressing it shows all again. */
export function ChosenTag({ tag }: { tag: string }) {
  return (
    <Link
      to="/recordings"
      search={(old) => ({ ...old, tag: undefined, page: undefined })}
      aria-label={`Show recordings without the tag ${tag} too`}
      className={`${chip} h-8 border-line-strong text-ink max-md:h-11`}
    >
      <Tag className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{tag}</span>
      <X className="size-3.5 shrink-0" aria-hidden />
    </Link>
  );
}

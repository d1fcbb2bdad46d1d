import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Clapperboard, FileUp, Search, Tag } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { recordingsQuery } from "@/api/recordings.ts";
import { PageHeader } from "@/components/page-header.tsx";
import { Pager } from "@/components/pager.tsx";
import { Empty, Failure, SkeletonRows } from "@/components/states.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { fieldStyle } from "@/components/ui/input.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { RecordingMenu } from "./recording-menu.tsx";
import { RecordingRow } from "./recording-row.tsx";
import { ChosenTag } from "./tag-chips.tsx";

export function RecordingsPage() {
  useNamePlace("Recordings");
  const { q, tag, page } = useSearch({ from: "/frame/recordings" });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q ?? "");
  const [importing, setImporting] = useState(false);
  const settled = useDeferredValue(typed.trim());
  const recordings = useQuery(recordingsQuery({ q, tag, page, limit: 50 }));

  useEffect(() => {
    if (settled === (q ?? "")) return;
    navigate({ to: "/recordings", search: (old) => ({ ...old, q: settled || undefined, page: undefined }), replace: true });
  }, [settled, q, navigate]);

  return (
    <>
      <PageHeader title="Recordings">
        {tag && <ChosenTag tag={tag} />}
        <div className="relative max-md:min-w-0 max-md:flex-1">
          <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint max-md:top-3.5" aria-hidden />
          <input
            type="search"
            data-search
            aria-label="Search recordings"
            placeholder="Search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
            className={`${fieldStyle} h-8 w-60 pl-8 max-md:h-11 max-md:w-full`}
          />
        </div>
        <Button icon={<FileUp />} onClick={() => setImporting(true)}>
          Import recording
        </Button>
      </PageHeader>
      <div className="px-6 pb-6 max-md:px-4">
        {recordings.isPending && <SkeletonRows className="rounded-lg border border-line" />}
        {recordings.isError && <Failure what="Recordings could not be loaded" error={recordings.error} retry={recordings.refetch} />}
        {recordings.data && recordings.data.items.length > 0 && (
          <ul aria-label="Recordings" className="overflow-hidden rounded-lg border border-line bg-surface">
            {recordings.data.items.map((recording) => (
              <RecordingRow key={recording.id} recording={recording} actions={<RecordingMenu recording={recording} />} />
            ))}
          </ul>
        )}
        {recordings.data?.items.length === 0 && <Nothing searching={Boolean(q)} tag={tag} onImport={() => setImporting(true)} />}
      </div>
      <Pager
        pagination={recordings.data?.pagination}
        onPage={(next) => navigate({ to: "/recordings", search: (old) => ({ ...old, page: next }) })}
      />
      <ImportDialog open={importing} onOpenChange={setImporting} />
    </>
  );
}

function Nothing({ searching, tag, onImport }: { searching: boolean; tag: string | undefined; onImport: () => void }) {
  if (tag) {
    return (
      <Empty icon={<Tag />} title={`No recording${searching ? " by that name" : ""} with the tag ${tag}`}>
        Tags are words in a recording's document, under <code>tags</code>.
      </Empty>
    );
  }
  if (searching) {
    return (
      <Empty icon={<Search />} title="No recording by that name">
        Search looks at names and addresses.
      </Empty>
    );
  }
  return (
    <Empty
      icon={<Clapperboard />}
      title="No recordings yet"
      action={
        <div className="flex gap-2">
          <Link to="/" className={buttonStyle({ tone: "primary" })}>
            Open a page and record
          </Link>
          <Button onClick={onImport}>Import one</Button>
        </div>
      }
    >
      A recording keeps what you did in a page, step by step, and can be performed again as a test.
    </Empty>
  );
}

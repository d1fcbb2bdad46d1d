import { useQuery, useQueryClient } from "@tanstack/react-query";
import { recordingQuery } from "@/api/recordings.ts";
import type { RecordingDocument } from "@/api/types.ts";
import { includedBy, namedBy } from "./included.ts";

const none: readonly RecordingDocument[] = [];

/** The recordings that a recording includes; nothing until they are known. */
export function useIncluded(document: RecordingDocument): readonly RecordingDocument[] | undefined {
  const cache = useQueryClient();
  const ids = namedBy(document);
  const { data } = useQuery({
    queryKey: ["recordings", "included", ids],
    queryFn: () => includedBy(document, async (id) => (await cache.fetchQuery(recordingQuery(id))).document),
    enabled: ids.length > 0,
  });
  return ids.length > 0 ? data : none;
}

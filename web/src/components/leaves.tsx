import { leavesIn } from "@/lib/keep.ts";
import { formatExact } from "@/lib/moment.ts";
import { useNow } from "@/lib/use-now.ts";

/** When something will be removed, where its like are. */
export function Leaves({ expiresAt }: { expiresAt?: string | null }) {
  const leaves = leavesIn({ expiresAt }, useNow());
  if (!leaves || !expiresAt) return null;
  return (
    <>
      <span aria-hidden>·</span>
      <span title={formatExact(expiresAt)} className="whitespace-nowrap">
        {leaves}
      </span>
    </>
  );
}

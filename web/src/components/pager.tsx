import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Pagination } from "@/api/client.ts";
import { IconButton } from "./ui/icon-button.tsx";

interface PagerProps {
  pagination: Pagination | undefined;
  onPage: (page: number) => void;
}

export function Pager({ pagination, onPage }: PagerProps) {
  if (!pagination || pagination.total <= pagination.limit) return null;
  const { page, limit, total } = pagination;
  const last = Math.ceil(total / limit);
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 px-6 py-3 max-md:px-4">
      <span className="num text-muted">
        {(page - 1) * limit + 1}–{Math.min(page * limit, total)} of {total}
      </span>
      <IconButton label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label="Next page" disabled={page >= last} onClick={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </nav>
  );
}

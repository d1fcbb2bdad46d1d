import { Copy } from "lucide-react";
import { copyText } from "@/lib/clipboard.ts";
import { shortId } from "@/lib/shorten.ts";
import { toast } from "./ui/toaster.tsx";

/** A shortened id; a click copies the whole. */
export function CopyId({ id, label = "Copy id" }: { id: string; label?: string }) {
  const copy = async () => {
    if (await copyText(id)) toast.done("Copied", { detail: id });
    else toast.info("Copy it from here", { detail: id });
  };
  return (
    <button
      type="button"
      onClick={copy}
      title={id}
      aria-label={`${label} ${id}`}
      className="code inline-flex items-center gap-1 rounded-sm px-1 text-faint max-md:-my-3 max-md:min-h-11 hover:bg-hover hover:text-ink"
    >
      {shortId(id)}
      <Copy className="size-3" />
    </button>
  );
}
